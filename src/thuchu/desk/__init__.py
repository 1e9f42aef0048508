"""The desk: Django rooms over the pure ones (`docs/architecture.md` draws them)."""
