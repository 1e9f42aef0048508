"""The base tables that a desk answers for: counts of what is private, small ones hidden before anybody sees them.

All are made together, because what one hides another could give back: submissions are counted by week, by door, by
what became of them and by publisher, and each way adds up to the same number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from thuchu.figures.definitions import TABLES
from thuchu.figures.suppression import ALL, HIDDEN, hidden_of, is_small, share_is_shown, shown
from thuchu.figures.tables import BaseTable, Cell
from thuchu.privacy.small_counts import SHOWN_MIN

AT_ONCE, SUGGESTION, LATER, NOT_CHECKABLE, WAITING = "at_once", "suggestion", "later", "not_checkable", "waiting"
FATES = (AT_ONCE, SUGGESTION, LATER, NOT_CHECKABLE, WAITING)
CHECKABLE = "checkable"
WITH, WITHOUT = "with", "without"


class BadCounts(ValueError):
    """Counts that contradict each other; the message says which."""


@dataclass(frozen=True, slots=True)
class Clustered:
    """`part` of `whole`, and the sum of squares of how many of the whole are in each cluster."""

    part: int
    whole: int
    squares: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Submissions:
    """Submissions received in the period, counted in every way; all but `doors`, `weeks` by what is known of them at L.

    weeks       ISO week -> how many, every week of the period
    doors       door -> how many, every door of the desk
    fates       part of FATES -> how many
    squares     of submissions a cluster, over all of them; `squares_checkable` over all but not_checkable
    publishers  publisher -> how many were answered with a fact-check of theirs: at_once, suggestion and later
    squares_answered  of these a fact-check
    reported    how many of at_once came with "this isn't about my message"; `squares_at_once` of at_once a fact-check
    with_accents, without_accents  of the Vietnamese ones: answered at once, of how many, squares a cluster
    others      the rest: answered at once, of how many, squares a cluster
    """

    weeks: Mapping[str, int]
    doors: Mapping[str, int]
    fates: Mapping[str, int]
    squares: int
    squares_checkable: int
    publishers: Mapping[str, int]
    squares_answered: int
    reported: int
    squares_at_once: int
    with_accents: Clustered
    without_accents: Clustered
    others: Clustered = field(default_factory=lambda: Clustered(0, 0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Everything private that a review counts; what a desk doesn't count is None.

    deadlines         claims needed by a day: answered before it, not so, opened too late for it
    correction_reach  people told again, of those told what stopped holding; a cluster is a fact-check
    reports_judged    reports "this isn't about my message": upheld, of those that two people judged
    audit             answers picked by `audit.pick`: right, of those that two people judged
    active_before     contributors active in the period before: again active, of how many
    newcomers         contributors who joined in the period before: active, of how many
    finished          people who finished calibration
    first_ten, last_ten  answers of theirs to known items: right, of how many, squares a person
    """

    submissions: Submissions
    deadlines: tuple[int, int, int] | None = None
    correction_reach: Clustered | None = None
    reports_judged: tuple[int, int] | None = None
    audit: tuple[int, int] | None = None
    active_before: tuple[int, int] | None = None
    newcomers: tuple[int, int] | None = None
    finished: int | None = None
    first_ten: Clustered | None = None
    last_ten: Clustered | None = None


def base_tables(counts: Counts) -> dict[str, BaseTable]:
    """Every attested table of what was counted, by name; raises BadCounts where two counts contradict each other."""
    _require_sums(counts.submissions)
    made = _of_submissions(counts.submissions)
    if counts.deadlines is not None:
        made["before_deadline"] = _deadlines(counts.deadlines)
    if counts.correction_reach is not None:
        reach = counts.correction_reach
        made["correction_reach"] = [_shown_share(reach.part, reach.whole, reach.squares)]
    if counts.reports_judged is not None:
        made["false_answers_upheld"] = [_shown_share(*counts.reports_judged)]
    if counts.audit is not None:
        made["false_answers_audit"] = [_audited(*counts.audit, at_once=made["false_answers"][0][1])]
    made |= _of_people(counts)
    return {name: BaseTable.of(name, TABLES[name].columns, rows) for name, rows in made.items()}


def event_tables(deadlines: tuple[int, int, int], due: Mapping[str, int]) -> dict[str, BaseTable]:
    """The attested tables of a review of an event.

    deadlines  as of `Counts`, of the event's claims
    due        what is due to be looked at again -> how many; nobody stands behind these, so none is hidden
    """
    made: dict[str, _Rows] = {"before_deadline": _deadlines(deadlines), "facts_due": list(due.items())}
    return {name: BaseTable.of(name, TABLES[name].columns, rows) for name, rows in made.items()}


_Rows = list[tuple[Cell, ...]]


def _deadlines(counted: tuple[int, int, int]) -> _Rows:
    parts = dict(zip(("before", "not_before", "too_late"), counted, strict=True))
    hidden = hidden_of(parts)
    return [(part, HIDDEN if part in hidden else number) for part, number in parts.items()]


def _of_submissions(counts: Submissions) -> dict[str, _Rows]:
    hidden = hidden_of(counts.fates)
    total, at_once = sum(counts.fates.values()), counts.fates[AT_ONCE]
    fate = shown(counts.fates)
    not_checkable = counts.fates[NOT_CHECKABLE]
    is_enough = total >= SHOWN_MIN
    # The checkable ones are all but one part: where that is hidden they would give it back.
    is_checkable_shown = is_enough and NOT_CHECKABLE not in hidden and total - not_checkable >= SHOWN_MIN
    # Those that were answered are all but two parts: what these add up to is told only if it isn't small, nor are both
    # hidden beside others.
    answered = {NOT_CHECKABLE, WAITING}
    is_answered_shown = is_enough and not (hidden and bool(hidden & answered) != (hidden <= answered))
    is_at_once_shown = is_enough and AT_ONCE not in hidden
    rows: dict[str, _Rows] = {
        "asked_weeks": list(shown(counts.weeks)),
        "asked_doors": list(shown(counts.doors)),
        "fate": list(fate),
        "fate_clusters": [
            (ALL, *((total, counts.squares) if is_enough else (HIDDEN, HIDDEN))),
            (
                CHECKABLE,
                *((total - not_checkable, counts.squares_checkable) if is_checkable_shown else (HIDDEN, HIDDEN)),
            ),
        ],
        "false_answers": [
            _shown_share(counts.reported, at_once, counts.squares_at_once)
            if is_at_once_shown
            else (HIDDEN, HIDDEN, HIDDEN)
        ],
        "accent_gap": _accents(counts, is_at_once_shown),
    }
    if is_answered_shown and sum(counts.publishers.values()) >= SHOWN_MIN:
        rows["sources"] = list(shown(counts.publishers))
        rows["sources_clusters"] = [(sum(counts.publishers.values()), counts.squares_answered)]
    else:
        rows["sources"] = [(ALL, HIDDEN)]
        rows["sources_clusters"] = [(HIDDEN, HIDDEN)]
    return rows


def _accents(counts: Submissions, is_at_once_shown: bool) -> _Rows:
    """All of it or nothing: three groups by two ends add up to what other tables tell."""
    groups = {WITH: counts.with_accents, WITHOUT: counts.without_accents}
    if not all(share_is_shown(group.part, group.whole) for group in groups.values()) or not is_at_once_shown:
        return [(name, HIDDEN, HIDDEN, HIDDEN) for name in groups]
    others = counts.others
    if any(map(is_small, (others.part, others.whole - others.part))):
        # They were typed without accents, too; apart they could be worked out.
        plain = counts.without_accents
        groups[WITHOUT] = Clustered(
            plain.part + others.part, plain.whole + others.whole, plain.squares + others.squares
        )
    return [(name, group.part, group.whole, group.squares) for name, group in groups.items()]


def _of_people(counts: Counts) -> dict[str, _Rows]:
    made: dict[str, _Rows] = {}
    groups = {"active_before": counts.active_before, "newcomers": counts.newcomers}
    if any(groups.values()):
        made["retention"] = [(name, *_shown_share(*group)) for name, group in groups.items() if group is not None]
    if counts.finished is not None:
        is_enough = counts.finished >= SHOWN_MIN
        made["practice_finished"] = [(0 if counts.finished == 0 else counts.finished if is_enough else HIDDEN,)]
        items = {"first_ten": counts.first_ten, "last_ten": counts.last_ten}
        made["practice"] = [
            # Ten answers a person: of three people there are thirty.
            (name, *(_shown_share(group.part, group.whole, group.squares) if is_enough else (HIDDEN, HIDDEN, HIDDEN)))
            for name, group in items.items()
            if group is not None
        ]
    return made


def _audited(right: int, judged: int, at_once: Cell) -> tuple[Cell, ...]:
    """How many were right, of a sample: picked by a hash it is nobody's group, and how many weren't tells of no one.

    Nothing where the number of all answers at once is hidden, which all of a few that were judged would give back; and
    of half of them or more that were judged, which are no sample, no small part.
    """
    if not isinstance(at_once, int) or judged < SHOWN_MIN:
        return (HIDDEN, HIDDEN)
    return (right, judged) if 2 * judged <= at_once else _shown_share(right, judged)


def _shown_share(part: int, whole: int, squares: int | None = None) -> tuple[Cell, ...]:
    if whole < SHOWN_MIN:
        return (HIDDEN, HIDDEN) if squares is None else (HIDDEN, HIDDEN, HIDDEN)
    said: tuple[Cell, ...] = (part if share_is_shown(part, whole) else HIDDEN, whole)
    return said if squares is None else (*said, squares)


def _require_sums(counts: Submissions) -> None:
    if set(counts.fates) != set(FATES):
        raise BadCounts(f"parts are {sorted(counts.fates)}; {sorted(FATES)} are wanted")
    total = sum(counts.fates.values())
    answered = sum(counts.fates[part] for part in (AT_ONCE, SUGGESTION, LATER))
    accents = (counts.with_accents, counts.without_accents, counts.others)
    for name, number, wanted in (
        ("by week", sum(counts.weeks.values()), total),
        ("by door", sum(counts.doors.values()), total),
        ("by accents", sum(group.whole for group in accents), total),
        ("by accents, answered at once", sum(group.part for group in accents), counts.fates[AT_ONCE]),
        ("by publisher", sum(counts.publishers.values()), answered),
    ):
        if number != wanted:
            raise BadCounts(f"submissions {name} are {number}, by what became of them {wanted}")
