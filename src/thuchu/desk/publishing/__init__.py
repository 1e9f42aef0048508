"""Room `publishing`: rounds over the ledger's entries, and what each says of every note.

Enters: that a round may be due.  Leaves: rounds, statuses with the rule that decided, entries that anybody re-computes.
Never here: a status that somebody set, a factor or a number of a person in a row, randomness, the clock in a status.
"""
