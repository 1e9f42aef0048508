"""The desk's PostgreSQL engine, but for what tests do and desks don't: all in one transaction, and tables emptied.

A worker lets go of its connection between jobs; a test that holds a transaction open must keep it, as Django's SQLite
in memory keeps it.
"""

from thuchu.desk.postgresql import base


class Operations(base.DatabaseWrapper.ops_class):
    """Empties all tables between tests, whatever their triggers say."""

    def sql_flush(self, style, tables, **how):
        """As Django does it, with triggers asleep."""
        flush = super().sql_flush(style, tables, **how)
        return ["SET session_replication_role = replica", *flush, "SET session_replication_role = DEFAULT"]


class DatabaseWrapper(base.DatabaseWrapper):
    """Stays open while a transaction is."""

    ops_class = Operations

    def close_if_unusable_or_obsolete(self):
        """As Django does it, between transactions."""
        if not self.in_atomic_block:
            super().close_if_unusable_or_obsolete()
