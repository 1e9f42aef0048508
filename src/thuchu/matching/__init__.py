"""Room `matching`: given a message, find the fact-check that answers it, and say how sure that is and why.

Enters: `Document` values and a message (`str`).  Leaves: `Decision`.
Never here: what a verdict means, who published it, who asked; the caller decides what may be answered.
"""

from thuchu.matching.collection import Collection, CollectionBusy, StaleCollection
from thuchu.matching.matcher import Matcher
from thuchu.matching.values import Decision, Document, Match, Why

__all__ = ["Collection", "CollectionBusy", "Decision", "Document", "Match", "Matcher", "StaleCollection", "Why"]
