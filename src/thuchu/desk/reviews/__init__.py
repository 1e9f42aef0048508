"""Room `reviews`: the open quarterly meeting: frozen figures, agenda, attendance, resolutions, minutes.

Enters: what coordinators plan and record, what anybody proposes.  Leaves: entries, figures as of one, papers.
Never here: a verdict or a status, a figure of one person, a change of what was published that doesn't show.
"""
