"""Figures of what is public one by one: acts, ratings, evidence, inquiries, commitments."""

from thuchu.figures.exact import text
from thuchu.figures.intervals import Share
from thuchu.figures.ledger.commitments import BESIDE, ON_TIME
from thuchu.figures.ledger.fact_checks import SHOWN
from thuchu.figures.ledger.inquiries import FROM_BEFORE
from thuchu.figures.making import NONE_COUNTED, TOO_FEW, Maker, cells_of
from thuchu.figures.of_claims import Tables
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure
from thuchu.figures.tables import BaseTable
from thuchu.privacy.small_counts import SHOWN_MIN


def evidence_rot(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Sources that no longer show what is quoted, and in what way."""
    states = _counts(tables["evidence"])
    whole = sum(states.values())
    rotten = {state: number for state, number in states.items() if state != SHOWN}
    return [
        make.share(sum(rotten.values()), whole),
        *(make.count(number, state) for state, number in rotten.items()),
    ]


def raters(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """How many people, how many as good as, and how many ratings helpful notes have."""
    table, of_notes = tables["raters"], tables["helpful_ratings"]
    spread = dict(zip(of_notes.numbers("ratings"), of_notes.numbers("notes"), strict=True))
    found = [make.figure(method="count", suppressed=True, note=TOO_FEW)]
    if table.rows:
        people, ratings, squares = (table.numbers(name)[0] for name in table.columns)
        effective = Share(ratings, ratings, squares).n_effective
        found = [make.count(people), make.figure(part="effective", value=text(effective), method="simpson")]
    notes = sum(spread.values())
    few = sum(number for ratings, number in spread.items() if ratings < SHOWN_MIN)
    middle = _median(spread)
    return [
        *found,
        make.figure(part="median_ratings", method="median", note=NONE_COUNTED)
        if middle is None
        else make.figure(part="median_ratings", method="median", value=str(middle), denominator=notes),
        make.census(few, notes, "few_ratings"),
    ]


def corrections(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """What was published on an event's claims and had to change, and in which way."""
    return _in_parts(make, _counts(tables["event_corrections"]))


def facts_due(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """What of an event is to be looked at again, by what it is."""
    return _in_parts(make, _counts(tables["facts_due"]))


def _in_parts(make: Maker, parts: dict[str, int]) -> list[Figure]:
    return [make.count(sum(parts.values())), *(make.count(number, part) for part, number in parts.items())]


def order(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Acts by kind."""
    acts = _counts(tables["order"])
    return [make.count(sum(acts.values())), *(make.count(number, act) for act, number in acts.items())]


def inquiries(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Asked in the period, what became of them, and what is still open from before; by organisation in the table."""
    outcomes: dict[str, int] = {}
    table = tables["inquiries"]
    for outcome, number in zip(table.column("outcome"), table.numbers("number"), strict=True):
        outcomes[str(outcome)] = outcomes.get(str(outcome), 0) + number
    sent = sum(number for outcome, number in outcomes.items() if outcome != FROM_BEFORE)
    return [make.count(sent, "sent"), *(make.count(outcomes[outcome], outcome) for outcome in sorted(outcomes))]


def commitments(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """On time of those due; each outcome."""
    outcomes = _counts(tables["commitments"])
    due = sum(number for outcome, number in outcomes.items() if outcome not in BESIDE)
    return [
        make.census(outcomes.get(ON_TIME, 0), due),
        *(make.count(number, outcome) for outcome, number in outcomes.items()),
    ]


def _counts(table: BaseTable) -> dict[str, int]:
    table.numbers(table.columns[-1])
    return {name: int(number) for name, number in cells_of(table).items()}


def _median(spread: dict[int, int]) -> int | None:
    """The middle one of values that stand so often; of two the smaller."""
    left = (sum(spread.values()) + 1) // 2
    for value in sorted(spread):
        left -= spread[value]
        if left <= 0 and spread[value]:
            return value
    return None
