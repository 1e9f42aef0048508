"""Bounds of numbers in addresses and queries: beyond them no row can be, and the database itself would object."""

# PostgreSQL's and SQLite's largest row number.
ID_MAX = 2**63 - 1
# PostgreSQL keeps no text with one in it, and refuses to look for it.
NO_ZERO_BYTE = r"^[^\x00]*$"
