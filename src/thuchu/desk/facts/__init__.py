"""Room `facts`: what official sources say of an event, by field and area, each read by two people; nothing else.

Enters: a value copied from a captured source, acts of coordinators.
Leaves: the fact that answers a question now, until when it may, and what became of those that don't any more.
Never here: a fact that one person alone vouches for, a field for a merit, a party, a turnout or a result (rule 10).
"""
