"""Django's PostgreSQL engine with one writer at a time, as SQLite has (ADR 18): `base` is where Django looks for it."""
