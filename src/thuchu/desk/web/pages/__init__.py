"""One page, one file: a new page is a file here, a template, a test, and a line in `urls`."""
