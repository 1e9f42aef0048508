"""Room `training`: lessons that anybody reads, items with known outcomes to practise on, a quiz of how sure one is.

Enters: answers to exercises, kept in their person's web session until they are through.  Leaves: one bit, *may write*.
Never here: a row, an entry, a count of anybody's answers; anything that a figure, a status or a rating could come from.
"""
