"""A worker lets go of its connection between jobs; a test that holds a transaction open must keep it.

Django's SQLite in memory never closes, for the same reason.
"""

from thuchu.desk.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Stays open while a transaction is."""

    def close_if_unusable_or_obsolete(self):
        """As Django does it, between transactions."""
        if not self.in_atomic_block:
            super().close_if_unusable_or_obsolete()
