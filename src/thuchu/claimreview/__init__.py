"""Room `claimreview`: schema.org ClaimReview in its usual files, to and from `FactCheckRecord`.

Enters: the bytes of a file (JSON-LD, a web page, a DataFeed, JSON lines, CSV).  Leaves: records and named refusals.
Never here: who made a claim, addresses fetched, anything stored.
"""

from thuchu.claimreview.fields import FactCheckRecord, Verdict

__all__ = ["FactCheckRecord", "Verdict"]
