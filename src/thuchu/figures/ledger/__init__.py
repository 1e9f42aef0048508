"""What each kind of public fact comes to in a period: one reader a kind, entries in, base tables out.

Facts dated before the period's end count, as they are known at the ledger number: a merge, split or closing that was
undone by then never happened; an answer given after the end is one of the next period.
"""
