"""Room `board`: how much is asked, how long it takes, what waits, from how many people ratings come; day by day.

Enters: days that are over.  Leaves: sums of weeks and months for everybody.
Never here: a person, an area, anything that moves with a single act (rule 7).
"""
