"""A drill: a day that goes wrong, played on a copy of a desk that nobody asks anything.

Enters: a copy of a home.  Leaves: what the copy did, as a paper that a community can publish.
Never here: the desk itself, a letter to anybody, a rating or a status by hand.
"""
