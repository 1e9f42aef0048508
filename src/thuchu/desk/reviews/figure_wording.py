"""What pages and papers say about figures: their names, what they mean, values and intervals in words."""

from decimal import Decimal

from django.utils.translation import gettext, ngettext

from thuchu.desk.marking import gettext_noop
from thuchu.desk.wording import number
from thuchu.figures import Figure
from thuchu.figures.change import Change

# The names; what each means stands beside in MEANINGS, how it is reckoned in NOTES. A test holds the last two to the
# sentences of `figures.definitions`, which files carry in English.
TITLES = {
    "asked": gettext_noop("Questions that came"),
    "fate": gettext_noop("What became of them"),
    "answered_share": gettext_noop("Questions that got an answer"),
    "claims_new": gettext_noop("New claims"),
    "claims_closed": gettext_noop("Claims that were dealt with"),
    "wait_median": gettext_noop("How long a claim waits"),
    "within_24h": gettext_noop("Answered within 24 hours"),
    "within_72h": gettext_noop("Answered within 72 hours"),
    "within_7d": gettext_noop("Answered within 7 days"),
    "within_30d": gettext_noop("Answered within 30 days"),
    "backlog": gettext_noop("Claims that waited at the end"),
    "backlog_age": gettext_noop("How long those had waited"),
    "before_deadline": gettext_noop("Answered before the day it was needed"),
    "coverage_area": gettext_noop("By area"),
    "corrections_90d": gettext_noop("Fact-checks that had to change"),
    "correction_time": gettext_noop("How long an error stands"),
    "correction_reach": gettext_noop("Corrections that reached people"),
    "evidence_rot": gettext_noop("Sources that no longer show it"),
    "false_answers": gettext_noop("Answers about something else"),
    "accent_gap": gettext_noop("Typed with accents and without"),
    "raters": gettext_noop("How many people rate"),
    "retention": gettext_noop("Contributors who stay"),
    "practice": gettext_noop("Practice"),
    "order": gettext_noop("Keeping order"),
    "inquiries": gettext_noop("Organisations that were asked"),
    "commitments": gettext_noop("Commitments kept on time"),
    "sources": gettext_noop("Whose fact-checks answered"),
    "corrections": gettext_noop("What had to be corrected"),
    "facts_due": gettext_noop("What is due to be checked again"),
}
MEANINGS = {
    "asked": gettext_noop("Submissions received in the period, by week and by door."),
    "fate": gettext_noop(
        "What had become of these submissions when the period ended, in parts that add up to all of them."
    ),
    "answered_share": gettext_noop(
        "Submissions that got an answer before the period ended, of all but those closed as not checkable."
    ),
    "claims_new": gettext_noop("Claims opened in the period."),
    "claims_closed": gettext_noop("Claims that were first answered, closed as not checkable, or merged in the period."),
    "wait_median": gettext_noop("The time after which half of the claims opened in the period were answered."),
    "within_24h": gettext_noop("Of the claims opened in the period, the share that was answered within 24 hours."),
    "within_72h": gettext_noop("Of the claims opened in the period, the share that was answered within 72 hours."),
    "within_7d": gettext_noop("Of the claims opened in the period, the share that was answered within 7 days."),
    "within_30d": gettext_noop("Of the claims opened in the period, the share that was answered within 30 days."),
    "backlog": gettext_noop("Claims that waited when the period ended, and at the end of each of its weeks."),
    "backlog_age": gettext_noop(
        "How long the claims that waited at the period's end had waited, and the oldest of them."
    ),
    "before_deadline": gettext_noop(
        "Of the claims that somebody needed to know of by a day, those answered before it."
    ),
    "coverage_area": gettext_noop("Claims about an area, and the share of them that was answered within 72 hours."),
    "corrections_90d": gettext_noop(
        "Of this desk's fact-checks of the last four quarters, the share whose verdict or evidence changed within"
        " 90 days of publication."
    ),
    "correction_time": gettext_noop("The time after which half of the errors reported in the period were corrected."),
    "correction_reach": gettext_noop("Of the people who had been told what no longer holds, those who were told so."),
    "evidence_rot": gettext_noop(
        "Of the sources that standing notes quote, the share that no longer shows the quoted sentence."
    ),
    "false_answers": gettext_noop(
        "Of the automatic answers, the share of which an asker said that it isn't about their message."
    ),
    "accent_gap": gettext_noop(
        "How much rarer an answer at once is for messages typed without accents than for those typed with."
    ),
    "raters": gettext_noop(
        "People whose ratings entered the ledger in the period, and how many ratings helpful notes have."
    ),
    "retention": gettext_noop("Of the contributors active in the period before, those who were active again."),
    "practice": gettext_noop(
        "People who finished calibration, and how often they agreed with known outcomes in their first ten and "
        "their last ten items."
    ),
    "order": gettext_noop("Merges, splits, closings and withholdings in the period, those taken back, and appeals."),
    "inquiries": gettext_noop(
        "Questions that were put to organisations in the period, and what had become of them at its end."
    ),
    "commitments": gettext_noop("Of the commitments that were due in the period, those done on time."),
    "sources": gettext_noop("Answers given in the period, by the publisher of the fact-check."),
    "corrections": gettext_noop(
        "How often in the period what this desk had published on claims of the event had to change."
    ),
    "facts_due": gettext_noop("What of the event was due to be looked at again when the period ended."),
}
NOTES = {
    "asked": gettext_noop(
        "Each submission counts once, also where many asked the same. Weeks and doors with fewer than ten are "
        "hidden, and more where a sum would give them back."
    ),
    "fate": gettext_noop("Submissions of one claim fare alike, so the interval is that of fewer, independent ones."),
    "answered_share": gettext_noop(
        "Answered at once, by a suggestion that was taken, or later; the interval as of the parts."
    ),
    "claims_new": gettext_noop(
        "Claims that were merged by the ledger number are one, opened when the first of them was."
    ),
    "claims_closed": gettext_noop("A merge or closing that was undone by the ledger number doesn't count."),
    "wait_median": gettext_noop(
        "From a claim's first question to its first fact-check, nights and holidays included. Claims that are "
        "open count for as long as they could be seen; closed ones until they were closed. The part "
        "`with_backlog` takes in what already waited when the period began."
    ),
    "within_24h": gettext_noop(
        "Claims closed as not checkable or withdrawn stay in the whole: they are no longer waiting and were never"
        " answered. Claims that were still open when the period ended count for as long as they could be seen."
    ),
    "within_72h": gettext_noop(
        "Claims closed as not checkable or withdrawn stay in the whole: they are no longer waiting and were never"
        " answered. Claims that were still open when the period ended count for as long as they could be seen."
    ),
    "within_7d": gettext_noop(
        "Claims closed as not checkable or withdrawn stay in the whole: they are no longer waiting and were never"
        " answered. Claims that were still open when the period ended count for as long as they could be seen."
    ),
    "within_30d": gettext_noop(
        "Claims closed as not checkable or withdrawn stay in the whole: they are no longer waiting and were never"
        " answered. Claims that were still open when the period ended count for as long as they could be seen."
    ),
    "backlog": gettext_noop("A claim waits while no fact-check on it is agreed and nobody closed it."),
    "backlog_age": gettext_noop(
        "Counted from the first question, or from the day on which a claim's fact-check lost its agreement."
    ),
    "before_deadline": gettext_noop(
        "Only claims opened at least 6 hours before it; those opened later are counted apart."
    ),
    "coverage_area": gettext_noop(
        "Claims opened from 72 hours before the period until 72 hours before its end, so that each could be seen "
        "for as long. Areas with fewer than ten are counted with the one around them. A claim about two areas "
        "counts in both. Areas stand in the order of their names and are not compared."
    ),
    "corrections_90d": gettext_noop(
        "Young ones count for as long as they could be seen. One that lost its agreement has changed."
    ),
    "correction_time": gettext_noop(
        "From the first report to the day on which two people closed it as corrected; reports in which nothing "
        "was wrong count until they were closed."
    ),
    "correction_reach": gettext_noop("Only people whose door still exists."),
    "evidence_rot": gettext_noop("As last seen before the period ended. The desk's own copy of each is kept."),
    "false_answers": gettext_noop(
        "`upheld`: of such reports that two people judged, those they upheld. `audit`: of a hundred automatic "
        "answers picked by a hash that nobody could choose, the share that two people found right; where one of them "
        "didn't, or couldn't tell, it isn't."
    ),
    "accent_gap": gettext_noop("The share with accents minus the share without."),
    "raters": gettext_noop(
        "`effective`: how many people would give as many ratings if all gave alike, one divided by the sum of "
        "squared shares. Nothing is said of fewer than ten people."
    ),
    "retention": gettext_noop(
        "Active: a note or three ratings. `newcomers`: of those who joined in the period before. Nothing is said "
        "of fewer than ten people."
    ),
    "practice": gettext_noop(
        "Nothing here bears on whose ratings count. A person's answers fare alike, so the interval is that of "
        "fewer, independent ones."
    ),
    "order": gettext_noop("Each is an entry of its own in the ledger, with its reason."),
    "inquiries": gettext_noop(
        "On time is judged against the day that was in force. `open_from_before`: asked earlier, and still "
        "without an answer."
    ),
    "commitments": gettext_noop(
        "Due by the day that was in force at the period's end; done on the day of the report that was confirmed. "
        "Dropped and replaced ones stay in the whole. Those that a figure of this very review judges stand apart."
    ),
    "sources": gettext_noop("Publishers with fewer than ten are hidden, and more where a sum would give them back."),
    "corrections": gettext_noop(
        "`said_otherwise`: another verdict, or other evidence. `no_longer_agreed`: it answers nobody any more. Only a "
        "review of an event counts it."
    ),
    "facts_due": gettext_noop(
        "`notes`: notes that are published, by the day of their next check. `facts`: pinned facts, where this desk "
        "keeps some. Only a review of an event counts it."
    ),
}
METHODS = {
    "count": gettext_noop("A count of everything; it has no interval."),
    "wilson": gettext_noop("Wilson's interval for a share of independent things."),
    "wilson_kish": gettext_noop(
        "Wilson's interval on Kish's effective number n² ÷ Σ n_c², because submissions of one claim fare alike."
    ),
    "newcombe_kish": gettext_noop("Newcombe's hybrid of two Wilson intervals, each on Kish's effective number."),
    "kaplan_meier": gettext_noop(
        "Kaplan and Meier's curve; the median is the first second at which it is at 1/2 or below, its interval "
        "that of the log-log band."
    ),
    "kaplan_meier_share": gettext_noop("One minus Kaplan and Meier's curve; log-log interval."),
    "aalen_johansen": gettext_noop(
        "Aalen and Johansen's share: those that ended otherwise are no longer waiting and never answered; "
        "interval of the log-log of its complement."
    ),
    "simpson": gettext_noop("One divided by the sum of squared shares."),
    "median": gettext_noop("The middle one of all; of two middle ones the smaller."),
}
# Parts of a figure that have a name; weeks, doors, publishers and organisations are named by themselves.
PARTS = {
    "door:web": gettext_noop("on the page"),
    "door:api": gettext_noop("through programs"),
    "door:cli": gettext_noop("at the desk's machine"),
    "at_once": gettext_noop("answered at once"),
    "suggestion": gettext_noop("a suggestion was taken"),
    "later": gettext_noop("answered later"),
    "not_checkable": gettext_noop("closed as not checkable"),
    "waiting": gettext_noop("still waiting"),
    "answered": gettext_noop("answered"),
    "merged": gettext_noop("put together with another"),
    "with_backlog": gettext_noop("with what already waited"),
    "0_1d": gettext_noop("under a day"),
    "1_3d": gettext_noop("1 to 3 days"),
    "3_7d": gettext_noop("3 to 7 days"),
    "7_30d": gettext_noop("7 to 30 days"),
    "30d_more": gettext_noop("30 days and more"),
    "oldest": gettext_noop("the oldest"),
    "too_late": gettext_noop("opened too late for that"),
    "rest": gettext_noop("places that aren't named"),
    "upheld": gettext_noop("of reports, upheld by two people"),
    "audit": gettext_noop("of a hundred picked, right"),
    "with": gettext_noop("with accents"),
    "without": gettext_noop("without accents"),
    "effective": gettext_noop("worth as many as"),
    "median_ratings": gettext_noop("ratings of a helpful note, in the middle"),
    "few_ratings": gettext_noop("helpful notes with under 10 ratings"),
    "newcomers": gettext_noop("of those who had just joined"),
    "finished": gettext_noop("people who finished"),
    "first_ten": gettext_noop("right in the first ten"),
    "last_ten": gettext_noop("right in the last ten"),
    "gone": gettext_noop("the page is gone"),
    "changed": gettext_noop("the page says something else"),
    "unreachable": gettext_noop("the page can't be reached"),
    "sent": gettext_noop("asked"),
    "answered_on_time": gettext_noop("answered on time"),
    "answered_late": gettext_noop("answered late"),
    "no_answer_yet": gettext_noop("no answer yet, still in time"),
    "open_from_before": gettext_noop("asked earlier, still no answer"),
    "withdrawn": gettext_noop("taken back"),
    "partly_answered": gettext_noop("answered in part"),
    "refused": gettext_noop("refused"),
    "not_held": gettext_noop("they don't have it"),
    "overdue": gettext_noop("overdue"),
    "on_time": gettext_noop("done on time"),
    "late": gettext_noop("done late"),
    "dropped": gettext_noop("dropped"),
    "replaced": gettext_noop("replaced by another"),
    "reported": gettext_noop("reported done, not confirmed"),
    "no_evidence": gettext_noop("reported done without evidence"),
    "to_be_judged": gettext_noop("judged by this review's figures"),
    "not_met": gettext_noop("the figure missed its target"),
    "cant_tell": gettext_noop("the figure doesn't tell"),
    "extended": gettext_noop("put off by a resolution"),
    "split": gettext_noop("made two"),
    "closed_not_a_fact": gettext_noop("closed: not a fact"),
    "closed_private": gettext_noop("closed: a private matter"),
    "withheld_court_order": gettext_noop("a passage hidden: court order"),
    "withheld_doxxing": gettext_noop("a passage hidden: it told who or where somebody is"),
    "withheld_danger": gettext_noop("a passage hidden: danger to somebody"),
    "merge_undone": gettext_noop("joinings taken back"),
    "split_undone": gettext_noop("splittings taken back"),
    "closing_undone": gettext_noop("closings taken back"),
    "withholding_undone": gettext_noop("hidings taken back"),
    "appealed": gettext_noop("appeals"),
    "appeal_upheld": gettext_noop("appeals that changed nothing"),
    "appeal_overturned": gettext_noop("appeals that overturned it"),
    "said_otherwise": gettext_noop("another verdict, or other evidence"),
    "no_longer_agreed": gettext_noop("no longer agreed"),
    "notes": gettext_noop("published notes"),
    "facts": gettext_noop("pinned facts"),
}
# Counts of everything there is need no such word: both numbers stand there.
CHANGES = {
    "rose": gettext_noop("It rose."),
    "fell": gettext_noop("It fell."),
    "no_clear_difference": gettext_noop("No clear difference."),
    "too_few": gettext_noop("Too few to compare."),
    "not_comparable": gettext_noop("Not comparable: it meant something else then."),
}
HOUR, DAY = 3_600, 86_400
# From two days on nobody counts in hours.
_DAYS_FROM = 2 * DAY


def figure_title(key: str) -> str:
    """A figure's name; its key for one that is newer than these words."""
    return gettext(TITLES[key]) if key in TITLES else key


def figure_meaning(key: str) -> str:
    """What it means, in a sentence."""
    return gettext(MEANINGS[key]) if key in MEANINGS else ""


def figure_note(key: str) -> str:
    """How it is reckoned, and what to beware of."""
    return gettext(NOTES[key]) if key in NOTES else ""


def figure_method(code: str) -> str:
    """How its value and interval were computed."""
    return gettext(METHODS[code]) if code in METHODS else code


def part_word(part: str | None) -> str:
    """Which part of the whole; as it stands for a week, a door, a publisher."""
    if part is None:
        return gettext("All together")
    return gettext(PARTS[part]) if part in PARTS else part


def figure_value(figure: Figure) -> str:
    """The value in words: 71 %, 26 hours, or why nothing is said."""
    if figure.note == "too_few":
        return gettext("too few to say")
    if figure.suppressed:
        return gettext("under 10, or hidden to protect people")
    if figure.note == "too_short":
        return gettext("too early to say")
    if figure.value is None:
        return gettext("nothing was counted")
    said = _amount(Decimal(figure.value), figure.unit)
    return gettext("more than %(amount)s") % {"amount": said} if figure.note == "more_than" else said


def figure_interval(figure: Figure) -> str:
    """The interval in words: “from 61 to 74 in 100”; "" for a count of everything."""
    if figure.level is None or figure.value is None or figure.ci_low is None:
        return ""
    low = Decimal(figure.ci_low)
    if figure.ci_high is None:
        return gettext("at least %(low)s") % {"low": _amount(low, figure.unit)}
    high = Decimal(figure.ci_high)
    if figure.unit == "share":
        return gettext("from %(low)s to %(high)s in 100") % {"low": _hundredths(low), "high": _hundredths(high)}
    return gettext("from %(low)s to %(high)s") % {"low": _amount(low, figure.unit), "high": _amount(high, figure.unit)}


def figure_of(figure: Figure) -> str:
    """“1.873 of 2.640”, and of how many different ones the interval is worth; "" where nothing is divided."""
    if figure.numerator is None or not figure.denominator:
        return ""
    said = gettext("%(part)s of %(whole)s") % {"part": number(figure.numerator), "whole": number(figure.denominator)}
    if figure.n_effective is None:
        return said
    worth = int(Decimal(figure.n_effective).to_integral_value())
    shown = {"said": said, "worth": number(worth)}
    return (
        ngettext("%(said)s, worth about %(worth)s single one", "%(said)s, worth about %(worth)s different ones", worth)
        % shown
    )


def change_words(change: Change, figure: Figure) -> str:
    """What became of it, in words that are said only at 99 in 100; the interval of the difference beside them."""
    if change.word not in CHANGES:
        return ""
    said = gettext(CHANGES[change.word])
    if change.low is None or change.high is None or figure.unit not in ("share", "difference"):
        return said
    low, high = _points(Decimal(change.low)), _points(Decimal(change.high))
    return gettext("%(said)s (from %(low)s to %(high)s points)") % {"said": said, "low": low, "high": high}


def _points(value: Decimal) -> str:
    points = int((value * 100).to_integral_value())
    return f"+{points}" if points > 0 else str(points).replace("-", "−")


def _amount(value: Decimal, unit: str) -> str:
    if unit == "share":
        return gettext("%(percent)s %%") % {"percent": _hundredths(value)}
    if unit == "difference":
        points = int((value * 100).to_integral_value())
        return ngettext("%(points)s point", "%(points)s points", abs(points)) % {"points": points}
    return lasting(int(value)) if unit == "seconds" else number(int(value.to_integral_value()))


def lasting(seconds: int) -> str:
    """A time in hours, in days where there are many; seconds stay inside."""
    if seconds >= _DAYS_FROM:
        days = round(seconds / DAY)
        return ngettext("%(shown)s day", "%(shown)s days", days) % {"shown": number(days)}
    if seconds < HOUR:
        return gettext("under an hour")
    hours = round(seconds / HOUR)
    return ngettext("%(shown)s hour", "%(shown)s hours", hours) % {"shown": number(hours)}


def _hundredths(value: Decimal) -> int:
    return int((value * 100).to_integral_value())
