"""A transaction takes the desk's write lock when it begins and gives it back when it ends, as SQLite's IMMEDIATE does.

What follows from it: a verb that looks and then writes sees what it saw until it is done; ledger and change numbers
are committed in their order, without gaps; no two verbs wait for each other's rows.  Readers, and single statements
outside a transaction (taking a job, a heartbeat), never wait.
"""

from django.db.backends.postgresql import base

# One of a database's own 2^64 advisory locks; no other program should have a use for it: "thuchu" in ASCII.
WRITE_LOCK = 0x746875636875


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection of a desk. A transaction may wait for the lock as long as `lock_timeout` says."""

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc] # the stubs leave it out
        if not autocommit:
            try:
                self._take_write_lock()
            except BaseException:
                # No transaction began: what is asked next on this connection must not find half of one.
                self._end_what_did_not_begin()
                raise

    def _take_write_lock(self) -> None:
        # The first statement begins the transaction. What the next ones read is at least as new as the last holder's
        # commit, for a commit is seen by others before its locks go.
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE_LOCK])

    def _end_what_did_not_begin(self) -> None:
        try:
            self.connection.rollback()
            self.connection.autocommit = True
        except self.Database.Error:
            self.connection.close()
