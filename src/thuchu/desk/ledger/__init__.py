"""Room `ledger`: the append-only table of every public act, hash-chained from the first entry.

Enters: kind, subject and body, inside the act's own transaction.  Leaves: numbered entries and the head of the chain.
Never here: a change or removal of an entry, text that somebody may ask to erase, a foreign key to another room.
"""
