"""Room `commitments`: who does what by when, measured how; followed until it is done, dropped or replaced.

Enters: what a review resolved, what becomes of it, figures as they were frozen.  Leaves: entries, a public register,
calendars, reminders.  Never here: a person as an owner, a percentage typed by hand, a timeliness that is stored.
"""
