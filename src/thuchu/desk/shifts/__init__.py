"""Room `shifts`: who is on duty during an event, laid out beforehand, taken by whoever wants, swapped among them.

Enters: times and how many people are wanted; somebody's yes to a time.  Leaves: for coordinators who is on duty, for
everybody about how many, for the ledger shifts and places.
Never here: a count of what one person did, in a table, a page or an entry; who was on duty, two weeks after the event.
"""
