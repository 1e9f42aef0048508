"""What keeps order: acts of two people, acts taken back, appeals (rule 4).  Each is an entry of its own."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from thuchu.figures.definitions import TABLES
from thuchu.figures.ledger.reading import Reads
from thuchu.figures.period import Period
from thuchu.figures.tables import BaseTable

# Kind of entry -> the word for it, from its body.
_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType(
    {
        "claim.merged": lambda _: "merged",
        "claim.split": lambda _: "split",
        "claim.closed": lambda body: f"closed_{body['reason']}",
        "claim.withheld": lambda body: f"withheld_{body['reason']}",
        "claim.merge_undone": lambda _: "merge_undone",
        "claim.split_undone": lambda _: "split_undone",
        "claim.closing_undone": lambda _: "closing_undone",
        "claim.withholding_undone": lambda _: "withholding_undone",
        "claim.appealed": lambda _: "appealed",
        "claim.appeal_decided": lambda body: f"appeal_{body['outcome']}",
    }
)


class Order:
    """Reads acts and appeals, and counts those of the period."""

    ALSO_AFTER: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, period: Period) -> None:
        self._period = period
        self._acts: Counter[str] = Counter()

    def reads(self) -> Mapping[str, Reads]:
        """What is called for which kind."""
        return {kind: self._reads(word) for kind, word in _WORDS.items()}

    def tables(self, _tree: Mapping[str, str]) -> list[BaseTable]:
        """order."""
        return [BaseTable.of("order", TABLES["order"].columns, list(self._acts.items()))]

    def _reads(self, word: Callable[[Mapping[str, Any]], str]) -> Reads:
        def read(time_ms: int, _subject: str, body: Mapping[str, Any]) -> None:
            if self._period.holds(time_ms):
                self._acts[word(body)] += 1

        return read
