"""Room `notes`: what contributors find out about a claim, on evidence, and how others rate it.

Enters: a verdict with `CleanText` and evidence; ratings of people who are signed in; practice.
Leaves: notes with their versions, what they still miss, ratings in batches of at least five people.
Never here: a verdict without evidence, a status, a rater beside a name, a count of one person's ratings, a result shown
before its reader rated, a machine that rates.
"""
