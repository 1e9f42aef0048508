"""A review's papers: built from what other rooms say of it, made in a child process, kept at addresses that stay."""
