"""Room `rounds`: which statuses follow from the ledger, by whoever reads it.

Enters: entries in their order.  Leaves: what a round at a sequence number says of every note, and a digest of it.
Never here: a table, a clock, a name; a status that anybody set.
"""

from thuchu.rounds.decide import Outcome, StatusOf, UnknownParams, decide, digest_of, digest_of_plots, params_of
from thuchu.rounds.plots import Part, Plot
from thuchu.rounds.replay import Replay, RoundHeld, Standing, UnreadableEntry

__all__ = [
    "Outcome",
    "Part",
    "Plot",
    "Replay",
    "RoundHeld",
    "Standing",
    "StatusOf",
    "UnknownParams",
    "UnreadableEntry",
    "decide",
    "digest_of",
    "digest_of_plots",
    "params_of",
]
