"""When a publisher's own words for its verdict are surely one of our five.

`verdict_words.csv` holds whole phrases, compared after folding case and punctuation; nothing is guessed from a part of
a phrase.  A phrase is in it when its plain meaning is one of ours:

false       what was said is not so ("fake" and "hoax" among them: they say it of the claim)
misleading  the parts may be so, the impression isn't; "missing context" and "out of context" say exactly that
outdated    it was so, and no longer is
unproven    nothing shows that it is so: the work was done and found no evidence
true        what was said is so

Left out on purpose: degrees ("mostly false", "half true", "exagerado", "inaccurate": between two of ours), kinds of
material ("altered", "satire", "miscaptioned": they judge a picture or a genre, not the claim), work not done yet
("unverified", "research in progress"), and "scam" (it judges people).  Numbers are never read: in FACTCK.BR,
a public collection of three desks, "4 of 6" stands beside "Falso" and beside "Verdadeiro", and "5 of 5" beside
"impreciso".
"""

import csv
from functools import cache
from importlib import resources

from thuchu.claimreview.fields import Verdict
from thuchu.text.forms import normalise


def verdict_of(words: str) -> Verdict | None:
    """The verdict that a publisher's `words` surely mean, else None: such a record is suggested, never answered."""
    return _table().get(_phrase(words))


@cache
def _table() -> dict[str, Verdict]:
    text = resources.files("thuchu.claimreview").joinpath("verdict_words.csv").read_text(encoding="utf-8")
    return {_phrase(row["words"]): Verdict(row["verdict"]) for row in csv.DictReader(text.splitlines())}


def _phrase(words: str) -> str:
    # Accents stay: "tin that" is not the "tin thật" that a publisher prints.
    letters = "".join(c if c.isalnum() else " " for c in normalise(words).casefold())
    return " ".join(letters.split())
