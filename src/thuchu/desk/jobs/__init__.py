"""Room `jobs`: what is to be done after an act, written down in the act's own transaction; done at least once.

Enters: a name and JSON arguments, or a period.  Leaves: calls of the functions that the worker was handed.
Never here: another room, a callable in a row, what anybody wrote in an error.
"""
