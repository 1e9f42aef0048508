"""Room `claimreview`: schema.org ClaimReview in its usual files, to and from `FactCheckRecord`.

Enters: the bytes of a file (JSON-LD, a web page, a DataFeed, JSON lines, CSV).  Leaves: records and named refusals.
Never here: who made a claim, addresses fetched, anything stored.
"""

from thuchu.claimreview.digests import content_digest, record_key
from thuchu.claimreview.fields import FactCheckRecord, Verdict
from thuchu.claimreview.outcomes import Outcome, Refusal, Row, Withdrawal
from thuchu.claimreview.reading import Reading, read_file
from thuchu.claimreview.verdicts import verdict_of
from thuchu.claimreview.writing import script_text, to_jsonld, write_csv, write_feed, write_jsonl

__all__ = [
    "FactCheckRecord",
    "Outcome",
    "Reading",
    "Refusal",
    "Row",
    "Verdict",
    "Withdrawal",
    "content_digest",
    "read_file",
    "record_key",
    "script_text",
    "to_jsonld",
    "verdict_of",
    "write_csv",
    "write_feed",
    "write_jsonl",
]
