"""Room `log`: the bytes and hashes of a ledger entry, and the chain they form.

Enters: an entry's fields.  Leaves: canonical bytes, hashes, the place where a chain breaks.
Never here: a table, a clock, a key.
"""
