"""Bounds of numbers in addresses and queries: beyond them no row can be, and the database itself would object."""

# PostgreSQL's and SQLite's largest row number.
ID_MAX = 2**63 - 1
