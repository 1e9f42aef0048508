"""Room `accounts`: chosen names, the keys that open them, what each role may do, and leaving without a trace.

Enters: an invitation, a chosen name (`CleanText`), a passkey or a password; later proofs that somebody holds them.
Leaves: `AccountView` of the person themself, `PseudonymView` of everybody else, one matrix of who may do what.
Never here: a real name, a network address, a score of a person, a way from a rater number to a name, a right to
publish, hide or edit for anybody.
"""
