"""Items whose outcome is known, in sets: versioned, and balanced so that no habit of answering is rewarded.

A set that isn't balanced is refused as it is read, since people who meet mostly *false* learn to shout *false*.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from thuchu.claimreview.fields import Verdict
from thuchu.desk.training.content import BadContent, Table, Withdrawn, files_in, read_file

FOLDER = Path(__file__).with_name("sets")
# Of the items of a set that are still asked. REVIEWS asks for 30 % true; the opposite is as bad a habit.
TRUE_SHARE_MIN = 0.30
NOT_TRUE_SHARE_MIN = 0.30
# No topic is more than a quarter of a set, and there are six at least.
TOPIC_SHARE_MAX = 0.25
TOPICS_MIN = 6
# Each stratum of a set keeps four items, and no outcome is more than seven of ten: one answer to all is often wrong.
STRATUM_ITEMS_MIN = 4
OUTCOME_SHARE_MAX = 0.70


class Stratum(StrEnum):
    """What an item asks: the four steps of checking."""

    CHECKABLE = "checkable"
    VERDICT = "verdict"
    ENOUGH = "enough"
    HELPFUL = "helpful"


VERDICTS = tuple(str(verdict) for verdict in Verdict)
CHOICES: Mapping[Stratum, tuple[str, ...]] = {
    Stratum.CHECKABLE: ("checkable", "not_checkable"),
    Stratum.VERDICT: VERDICTS,
    Stratum.ENOUGH: ("enough", "not_enough"),
    Stratum.HELPFUL: ("helpful", "not_helpful"),
}
TOPICS = (
    "culture",
    "election",
    "food",
    "health",
    "history",
    "money",
    "nature",
    "places",
    "school",
    "science",
    "services",
    "sport",
    "technology",
    "weather",
)
_TRUE, _NOT_TRUE = "true", frozenset({"false", "misleading", "outdated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One exercise.

    truth     what is known of the claim; None for what is no claim of fact
    outcome   the known answer: one of the stratum's CHOICES
    verdict   what somebody concluded, rightly or wrongly; "" where the item asks for it
    note      what somebody wrote; None but in HELPFUL
    evidence  what it rests on; None in CHECKABLE
    """

    id: str
    stratum: Stratum
    topic: str
    truth: str | None
    outcome: str
    message: Mapping[str, str]
    verdict: str
    note: Mapping[str, str] | None
    evidence: Mapping[str, str] | None
    why: Mapping[str, str]
    withdrawn: Withdrawn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSet:
    """A file of items; `version` rises with each change of it."""

    number: int
    version: int
    items: tuple[Item, ...]

    @property
    def asked(self) -> tuple[Item, ...]:
        """Those that still count."""
        return tuple(item for item in self.items if item.withdrawn is None)


@cache
def item_sets() -> tuple[ItemSet, ...]:
    """All sets of this version of the software, by number."""
    return load(FOLDER)


def known_items() -> Mapping[str, Item]:
    """Every item of every set by its id, withdrawn ones among them."""
    return {item.id: item for each in item_sets() for item in each.items}


def load(folder: Path) -> tuple[ItemSet, ...]:
    """The sets of a folder, by number; raises BadContent for the first thing that is wrong."""
    found = [_read(path) for path in files_in(folder, "set*.toml")]
    ids = Counter(item.id for each in found for item in each.items)
    for id_, count in ids.items():
        if count > 1:
            raise BadContent(folder.name, id_, "two items have this id")
    numbers = [each.number for each in found]
    if numbers != list(range(1, len(found) + 1)):
        raise BadContent(folder.name, "number", f"sets are numbered 1, 2, 3 …, got {numbers}")
    return tuple(found)


def faults_of(items: Sequence[Item]) -> list[str]:
    """What unbalances a set of items that are asked; empty for a balanced one."""
    faults = []
    total = max(len(items), 1)
    truths = Counter(item.truth for item in items)
    if truths[_TRUE] < TRUE_SHARE_MIN * total:
        faults.append(f"{truths[_TRUE]} of {total} are about true claims; at least {TRUE_SHARE_MIN:.0%} must be")
    others = sum(truths[verdict] for verdict in _NOT_TRUE)
    if others < NOT_TRUE_SHARE_MIN * total:
        faults.append(f"{others} of {total} are about claims that aren't so; at least {NOT_TRUE_SHARE_MIN:.0%} must be")
    topics = Counter(item.topic for item in items)
    faults += [
        f"{count} of {total} are about {topic}; at most {TOPIC_SHARE_MAX:.0%} may be"
        for topic, count in topics.items()
        if count > TOPIC_SHARE_MAX * total
    ]
    if len(topics) < TOPICS_MIN:
        faults.append(f"{len(topics)} topics; at least {TOPICS_MIN} are wanted")
    for stratum in Stratum:
        outcomes = Counter(item.outcome for item in items if item.stratum is stratum)
        if outcomes.total() < STRATUM_ITEMS_MIN:
            faults.append(f"{outcomes.total()} items ask {stratum}; at least {STRATUM_ITEMS_MIN} must")
        faults += [
            f"{count} of {outcomes.total()} that ask {stratum} are {outcome}; at most {OUTCOME_SHARE_MAX:.0%} may be"
            for outcome, count in outcomes.items()
            if count > OUTCOME_SHARE_MAX * outcomes.total()
        ]
    return faults


def _read(path: Path) -> ItemSet:
    table = read_file(path)
    items = tuple(_item(each) for each in table.tables("items"))
    found = ItemSet(number=table.number("number"), version=table.number("version"), items=items)
    table.done()
    faults = faults_of(found.asked)
    if faults:
        raise table.wrong("items", "; ".join(faults))
    return found


def _item(table: Table) -> Item:
    stratum = Stratum(table.word("stratum", among=Stratum))
    is_no_fact = stratum is Stratum.CHECKABLE and table.word("outcome") == "not_checkable"
    item = Item(
        id=table.word("id"),
        stratum=stratum,
        topic=table.word("topic", among=TOPICS),
        truth=None if is_no_fact else table.word("truth", among=VERDICTS),
        outcome=table.word("outcome", among=CHOICES[stratum]),
        message=table.texts("message"),
        verdict=table.word("verdict", among=VERDICTS) if stratum in (Stratum.ENOUGH, Stratum.HELPFUL) else "",
        note=table.texts("note") if stratum is Stratum.HELPFUL else None,
        evidence=None if stratum is Stratum.CHECKABLE else table.texts("evidence"),
        why=table.texts("why"),
        withdrawn=table.withdrawn(),
    )
    if stratum is Stratum.VERDICT and item.outcome != item.truth:
        raise table.wrong("outcome", f"the verdict asked for is what is known of the claim, {item.truth}")
    if item.outcome == "helpful" and item.verdict != item.truth:
        raise table.wrong("verdict", "a note that helps has the right verdict")
    table.done()
    return item


def withdrawn_among(items: Iterable[Item]) -> tuple[Item, ...]:
    """Those that count no more, newest first."""
    gone = [(item.withdrawn.on, item) for item in items if item.withdrawn is not None]
    return tuple(item for _, item in sorted(gone, key=lambda pair: pair[0], reverse=True))
