"""Room `links`: one canonical form for an address however it is written, and two warnings about hosts.

Enters: a message or an address, lists that publishers made, the table of official hosts.
Leaves: canonical addresses; warnings `listed` and `look_alike`, each with its reason.
Never here: fetching anything, following a shortener, a verdict about people.
"""
