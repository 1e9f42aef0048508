"""What each figure means, from which base tables it follows, and how it is computed.

Sentences are English; pages have them in both languages.  What moves any figure is another DEFINITIONS_VERSION.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from thuchu.figures.snapshot import ATTESTED, PUBLIC

DEFINITIONS_VERSION = "2026-11"

COUNT, SHARE, DIFFERENCE, SECONDS = "count", "share", "difference", "seconds"
# What a target on a figure may ask for; "" where there may be none.
AT_MOST, AT_LEAST = "at_most", "at_least"


@dataclass(frozen=True, slots=True)
class Table:
    """A base table: who makes it (`public`: `from_ledger`; `attested`: the desk), its columns, what a row is."""

    klass: str
    columns: tuple[str, ...]
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A figure.

    tables      the base tables that it follows from, the first one is named as its base
    definition  one sentence
    note        how it is computed, and what to beware of
    comparator  the only way in which a commitment may be measured by it: "at_most", "at_least", "" not at all
    target_part the part of it that a target is on, None for the figure as a whole
    is_by_area  is it counted area by area, and never for the whole desk?
    """

    key: str
    klass: str
    unit: str
    tables: tuple[str, ...]
    definition: str
    note: str
    comparator: str = ""
    target_part: str | None = None
    is_by_area: bool = False

    @property
    def may_be_target(self) -> bool:
        """May a commitment be measured by it?"""
        return bool(self.comparator)


def _public(row: str, *columns: str) -> Table:
    return Table(PUBLIC, columns, row)


def _attested(row: str, *columns: str) -> Table:
    return Table(ATTESTED, columns, row)


TABLES: Mapping[str, Table] = MappingProxyType(
    {
        "areas": _public("an area and the one that it lies in; the outermost lies in itself", "area", "parent"),
        "claims_weeks": _public(
            "an ISO week as far as it lies in the period, and what happened to claims in it",
            *("week", "opened", "answered", "merged", "not_checkable"),
        ),
        "waits": _public(
            "a claim: its age when the period began (0 when it was opened later), its age when it ended or the period "
            "did, and which of it: answered, not_checkable, withdrawn, open",
            *("entry", "seconds", "end"),
        ),
        "backlog": _public(
            "how many claims had waited how long when a day began: 0_1d, 1_3d, 3_7d, 7_30d, 30d_more",
            *("day", "age", "claims"),
        ),
        "backlog_oldest": _public("how long the oldest of them had waited", "day", "seconds"),
        "coverage_area": _public(
            "claims about an area itself (own) or about all places in it that aren't named (rest), and how many of "
            "them were answered within 72 hours; hidden where a small count would show",
            *("area", "scope", "claims", "answered"),
        ),
        "corrections": _public(
            "a fact-check of this desk's, published in the year before the period's end: the time until its verdict or "
            "its evidence changed (changed), or until the end (unchanged) or its erasure (erased)",
            *("seconds", "end"),
        ),
        "correction_waits": _public(
            "something that was said to be wrong in the period: the time from the first report until two people closed "
            "it as corrected or nothing_wrong, or until the end (open)",
            *("seconds", "end"),
        ),
        "evidence": _public(
            "sources that standing notes quote, by what was last seen of them: shown, gone, changed, unreachable",
            *("state", "items"),
        ),
        "raters": _public(
            "how many people's ratings entered the ledger in the period, how many ratings, and the sum of the squares "
            "of ratings a person",
            *("people", "ratings", "squares"),
        ),
        "helpful_ratings": _public(
            "how many notes that are helpful at the period's end have how many ratings", "ratings", "notes"
        ),
        "order": _public("acts of two people in the period, and appeals, by kind", "act", "number"),
        "inquiries": _public(
            "questions to an organisation by what had become of them at the period's end",
            "organisation",
            "outcome",
            "number",
        ),
        "commitments": _public(
            "commitments that were due in the period, by what had become of them at its end", "outcome", "number"
        ),
        "asked_weeks": _attested("submissions in an ISO week of the period; `all` of them", "week", "submissions"),
        "asked_doors": _attested("submissions by the door they came through; `all` of them", "door", "submissions"),
        "fate": _attested(
            "submissions by what became of them: at_once, suggestion, later, not_checkable, waiting; `all` of them",
            *("part", "submissions"),
        ),
        "fate_clusters": _attested(
            "of `all` submissions and of the `checkable`: how many, and the sum of the squares of submissions a claim",
            *("of", "submissions", "squares"),
        ),
        "before_deadline": _attested(
            "claims that somebody needed to know of by a day: answered before it (before) or not (not_before), or "
            "opened less than 6 hours before it (too_late)",
            *("part", "claims"),
        ),
        "correction_reach": _attested(
            "people who were told what no longer holds and can still be told, how many of them were told again, and "
            "the sum of the squares of people a fact-check",
            *("reached", "told", "squares"),
        ),
        "false_answers": _attested(
            "automatic answers, how many askers said that one isn't about their message, and the sum of the squares of "
            "answers a fact-check",
            *("reports", "answers", "squares"),
        ),
        "false_answers_upheld": _attested("such reports that two people judged, and upheld", "upheld", "judged"),
        "false_answers_audit": _attested(
            "automatic answers picked by `audit.pick` and judged by two people, and how many were right",
            "right",
            "judged",
        ),
        "accent_gap": _attested(
            "submissions typed with and without accents, how many were answered at once, and the sum of the squares of "
            "submissions a claim",
            *("accents", "at_once", "submissions", "squares"),
        ),
        "retention": _attested(
            "contributors active in the period before (active_before) or joined in it (newcomers), and how many were "
            "active in this one",
            *("of", "active", "people"),
        ),
        "practice": _attested(
            "first_ten and last_ten practice items of those who finished: answers, how many agreed with the known "
            "outcome, and the sum of the squares of answers a person",
            *("of", "right", "items", "squares"),
        ),
        "practice_finished": _attested("people who finished calibration in the period", "people"),
        "sources": _attested("answers by the publisher of the fact-check; `all` of them", "publisher", "answers"),
        "sources_clusters": _attested(
            "answers, and the sum of the squares of answers a fact-check", "answers", "squares"
        ),
        "event_corrections": _public(
            "what this desk had published on claims of an event and that said something else in the period "
            "(said_otherwise) or lost its agreement (no_longer_agreed)",
            *("what", "number"),
        ),
        "facts_due": _attested(
            "what of an event was due to be looked at again when the period ended: published notes (notes), pinned "
            "facts (facts)",
            *("what", "number"),
        ),
    }
)

# How a figure was computed, in a sentence.
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "count": "A count of everything; it has no interval.",
        "wilson": "Wilson's interval for a share of independent things.",
        "wilson_kish": "Wilson's interval on Kish's effective number n² ÷ Σ n_c², because submissions of one claim "
        "fare alike.",
        "newcombe_kish": "Newcombe's hybrid of two Wilson intervals, each on Kish's effective number.",
        "kaplan_meier": "Kaplan and Meier's curve; the median is the first second at which it is at 1/2 or below, its "
        "interval that of the log-log band.",
        "kaplan_meier_share": "One minus Kaplan and Meier's curve; log-log interval.",
        "aalen_johansen": "Aalen and Johansen's share: those that ended otherwise are no longer waiting and never "
        "answered; interval of the log-log of its complement.",
        "simpson": "One divided by the sum of squared shares.",
        "median": "The middle one of all; of two middle ones the smaller.",
    }
)


def _all(*definitions: Definition) -> Mapping[str, Definition]:
    return MappingProxyType({each.key: each for each in definitions})


def _within(key: str, words: str) -> Definition:
    return Definition(
        key=key,
        klass=PUBLIC,
        unit=SHARE,
        tables=("waits",),
        definition=f"Of the claims opened in the period, the share that was answered within {words}.",
        note="Claims closed as not checkable or withdrawn stay in the whole: they are no longer waiting and were never "
        "answered. Claims that were still open when the period ended count for as long as they could be seen.",
        comparator=AT_LEAST,
    )


DEFINITIONS: Mapping[str, Definition] = _all(
    Definition(
        key="asked",
        klass=ATTESTED,
        unit=COUNT,
        tables=("asked_weeks", "asked_doors", "fate_clusters"),
        definition="Submissions received in the period, by week and by door.",
        note="Each submission counts once, also where many asked the same. Weeks and doors with fewer than ten are "
        "hidden, and more where a sum would give them back.",
    ),
    Definition(
        key="fate",
        klass=ATTESTED,
        unit=SHARE,
        tables=("fate", "fate_clusters"),
        definition="What had become of these submissions when the period ended, in parts that add up to all of them.",
        note="Submissions of one claim fare alike, so the interval is that of fewer, independent ones.",
    ),
    Definition(
        key="answered_share",
        klass=ATTESTED,
        unit=SHARE,
        tables=("fate", "fate_clusters"),
        definition="Submissions that got an answer before the period ended, of all but those closed as not checkable.",
        note="Answered at once, by a suggestion that was taken, or later; the interval as of the parts.",
    ),
    Definition(
        key="claims_new",
        klass=PUBLIC,
        unit=COUNT,
        tables=("claims_weeks",),
        definition="Claims opened in the period.",
        note="Claims that were merged by the ledger number are one, opened when the first of them was.",
    ),
    Definition(
        key="claims_closed",
        klass=PUBLIC,
        unit=COUNT,
        tables=("claims_weeks",),
        definition="Claims that were first answered, closed as not checkable, or merged in the period.",
        note="A merge or closing that was undone by the ledger number doesn't count.",
    ),
    Definition(
        key="wait_median",
        klass=PUBLIC,
        unit=SECONDS,
        tables=("waits",),
        definition="The time after which half of the claims opened in the period were answered.",
        note="From a claim's first question to its first fact-check, nights and holidays included. Claims that are "
        "open count for as long as they could be seen; closed ones until they were closed. The part `with_backlog` "
        "takes in what already waited when the period began.",
        comparator=AT_MOST,
    ),
    _within("within_24h", "24 hours"),
    _within("within_72h", "72 hours"),
    _within("within_7d", "7 days"),
    _within("within_30d", "30 days"),
    Definition(
        key="backlog",
        klass=PUBLIC,
        unit=COUNT,
        tables=("backlog",),
        definition="Claims that waited when the period ended, and at the end of each of its weeks.",
        note="A claim waits while no fact-check on it is agreed and nobody closed it.",
    ),
    Definition(
        key="backlog_age",
        klass=PUBLIC,
        unit=COUNT,
        tables=("backlog", "backlog_oldest"),
        definition="How long the claims that waited at the period's end had waited, and the oldest of them.",
        note="Counted from the first question, or from the day on which a claim's fact-check lost its agreement.",
    ),
    Definition(
        key="before_deadline",
        klass=ATTESTED,
        unit=SHARE,
        tables=("before_deadline",),
        definition="Of the claims that somebody needed to know of by a day, those answered before it.",
        note="Only claims opened at least 6 hours before it; those opened later are counted apart.",
        comparator=AT_LEAST,
    ),
    Definition(
        key="coverage_area",
        klass=PUBLIC,
        unit=SHARE,
        tables=("coverage_area", "areas"),
        definition="Claims about an area, and the share of them that was answered within 72 hours.",
        note="Claims opened from 72 hours before the period until 72 hours before its end, so that each could be seen "
        "for as long. Areas with fewer than ten are counted with the one around them. A claim about two areas counts "
        "in both. Areas stand in the order of their names and are not compared.",
        comparator=AT_LEAST,
        is_by_area=True,
    ),
    Definition(
        key="corrections_90d",
        klass=PUBLIC,
        unit=SHARE,
        tables=("corrections",),
        definition="Of this desk's fact-checks of the last four quarters, the share whose verdict or evidence changed "
        "within 90 days of publication.",
        note="Young ones count for as long as they could be seen. One that lost its agreement has changed.",
    ),
    Definition(
        key="correction_time",
        klass=PUBLIC,
        unit=SECONDS,
        tables=("correction_waits",),
        definition="The time after which half of the errors reported in the period were corrected.",
        note="From the first report to the day on which two people closed it as corrected; reports in which nothing "
        "was wrong count until they were closed.",
        comparator=AT_MOST,
    ),
    Definition(
        key="correction_reach",
        klass=ATTESTED,
        unit=SHARE,
        tables=("correction_reach",),
        definition="Of the people who had been told what no longer holds, those who were told so.",
        note="Only people whose door still exists.",
        comparator=AT_LEAST,
    ),
    Definition(
        key="evidence_rot",
        klass=PUBLIC,
        unit=SHARE,
        tables=("evidence",),
        definition="Of the sources that standing notes quote, the share that no longer shows the quoted sentence.",
        note="As last seen before the period ended. The desk's own copy of each is kept.",
        comparator=AT_MOST,
    ),
    Definition(
        key="false_answers",
        klass=ATTESTED,
        unit=SHARE,
        tables=("false_answers", "false_answers_upheld", "false_answers_audit"),
        definition="Of the automatic answers, the share of which an asker said that it isn't about their message.",
        note="`upheld`: of such reports that two people judged, those they upheld. `audit`: of a hundred automatic "
        "answers picked by a hash that nobody could choose, the share that two people found right; where one of them "
        "didn't, or couldn't tell, it isn't.",
        comparator=AT_MOST,
    ),
    Definition(
        key="accent_gap",
        klass=ATTESTED,
        unit=DIFFERENCE,
        tables=("accent_gap",),
        definition="How much rarer an answer at once is for messages typed without accents than for those typed with.",
        note="The share with accents minus the share without.",
        comparator=AT_MOST,
    ),
    Definition(
        key="raters",
        klass=PUBLIC,
        unit=COUNT,
        tables=("raters", "helpful_ratings"),
        definition="People whose ratings entered the ledger in the period, and how many ratings helpful notes have.",
        note="`effective`: how many people would give as many ratings if all gave alike, one divided by the sum of "
        "squared shares. Nothing is said of fewer than ten people.",
    ),
    Definition(
        key="retention",
        klass=ATTESTED,
        unit=SHARE,
        tables=("retention",),
        definition="Of the contributors active in the period before, those who were active again.",
        note="Active: a note or three ratings. `newcomers`: of those who joined in the period before. Nothing is said "
        "of fewer than ten people.",
    ),
    Definition(
        key="practice",
        klass=ATTESTED,
        unit=SHARE,
        tables=("practice", "practice_finished"),
        definition="People who finished calibration, and how often they agreed with known outcomes in their first ten "
        "and their last ten items.",
        note="Nothing here bears on whose ratings count. A person's answers fare alike, so the interval is that of "
        "fewer, independent ones.",
        comparator=AT_LEAST,
        target_part="last_ten",
    ),
    Definition(
        key="order",
        klass=PUBLIC,
        unit=COUNT,
        tables=("order",),
        definition="Merges, splits, closings and withholdings in the period, those taken back, and appeals.",
        note="Each is an entry of its own in the ledger, with its reason.",
    ),
    Definition(
        key="inquiries",
        klass=PUBLIC,
        unit=COUNT,
        tables=("inquiries",),
        definition="Questions that were put to organisations in the period, and what had become of them at its end.",
        note="On time is judged against the day that was in force. `open_from_before`: asked earlier, and still "
        "without an answer.",
        comparator=AT_LEAST,
        target_part="sent",
    ),
    Definition(
        key="commitments",
        klass=PUBLIC,
        unit=SHARE,
        tables=("commitments",),
        definition="Of the commitments that were due in the period, those done on time.",
        note="Due by the day that was in force at the period's end; done on the day of the report that was confirmed. "
        "Dropped and replaced ones stay in the whole. Those that a figure of this very review judges stand apart.",
    ),
    Definition(
        key="sources",
        klass=ATTESTED,
        unit=SHARE,
        tables=("sources", "sources_clusters"),
        definition="Answers given in the period, by the publisher of the fact-check.",
        note="Publishers with fewer than ten are hidden, and more where a sum would give them back.",
    ),
    Definition(
        key="corrections",
        klass=PUBLIC,
        unit=COUNT,
        tables=("event_corrections",),
        definition="How often in the period what this desk had published on claims of the event had to change.",
        note="`said_otherwise`: another verdict, or other evidence. `no_longer_agreed`: it answers nobody any more. "
        "Only a review of an event counts it.",
    ),
    Definition(
        key="facts_due",
        klass=ATTESTED,
        unit=COUNT,
        tables=("facts_due",),
        definition="What of the event was due to be looked at again when the period ended.",
        note="`notes`: notes that are published, by the day of their next check. `facts`: pinned facts, where this "
        "desk keeps some. Only a review of an event counts it.",
    ),
)

# What a review of an event tells, and nothing else: twenty minutes are enough for it.
EVENT_FIGURES = ("wait_median", "backlog_age", "before_deadline", "corrections", "facts_due")
