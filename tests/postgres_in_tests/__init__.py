"""The desk's PostgreSQL engine for tests that run inside one transaction."""
