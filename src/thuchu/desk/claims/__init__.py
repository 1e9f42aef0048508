"""Room `claims`: what waits to be checked: questions grouped under one statement, in order of need, kept in order.

Enters: a question's `CleanText`; acts of contributors and coordinators.  Leaves: claims, their queue, their history.
Never here: a verdict or a status, who asked, a reason to close but `not_a_fact` and `private`, a candidate's merit.
"""
