"""What the pages about claims, events and order say in small pieces: states, reasons, acts, subjects, refusals."""

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from thuchu.desk.accounts.reads import PseudonymView
from thuchu.desk.claims.naming import name
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.views import ProposalView, Reason
from thuchu.desk.notes.withhold import Place
from thuchu.desk.web.templatetags.words import VIET_NAM, clock, day, number

register = template.Library()
register.filter(name)

SITUATIONS = {
    "waiting": gettext_noop("Waits for somebody to check it"),
    "being_rated": gettext_noop("Has notes that are being rated"),
    "answered": gettext_noop("Answered"),
    "merged": gettext_noop("Put together with another"),
    "not_a_fact": gettext_noop("Not something evidence can settle"),
    "private": gettext_noop("A private matter"),
}
STATES = {"open": "waiting", "in_rating": "being_rated"}
PROPOSALS = {
    "merge": gettext_noop("Put two claims together"),
    "split": gettext_noop("Make two claims of one"),
    "not_checkable": gettext_noop("Close as not checkable"),
    "withhold": gettext_noop("Hide a passage"),
}
UNDOINGS = {
    "merge": gettext_noop("Let two claims stand for themselves again"),
    "split": gettext_noop("Put back together what was made two"),
    "not_checkable": gettext_noop("Open it again"),
    "withhold": gettext_noop("Show the hidden passage again"),
}
CODES = {
    "not_a_fact": gettext_noop("It isn't a fact that evidence can settle"),
    "private": gettext_noop("It is a private matter"),
    "court_order": gettext_noop("A court ordered it"),
    "doxxing": gettext_noop("It tells where somebody lives or who somebody is"),
    "danger": gettext_noop("It puts somebody in danger"),
}
OUTCOMES = {
    "note_edited": gettext_noop("Its author edited the note"),
    "note_written": gettext_noop("Another note was written"),
    "note_withdrawn": gettext_noop("Its author withdrew the note"),
    "withheld": gettext_noop("A passage was hidden"),
    "withdrawn": gettext_noop("Its publisher withdrew it"),
    "publishers_matter": gettext_noop("Its words are the publisher's, who alone can change them"),
    "nothing_wrong": gettext_noop("Nothing wrong was found"),
}
EVENT_KINDS = {
    "election": gettext_noop("Election"),
    "storm": gettext_noop("Storm"),
    "flood": gettext_noop("Flood"),
    "outbreak": gettext_noop("Outbreak of a disease"),
    "disaster": gettext_noop("Disaster"),
    "other": gettext_noop("Other"),
}
SUBJECTS = {
    "dates": gettext_noop("When"),
    "places": gettext_noop("Where"),
    "procedure": gettext_noop("How"),
    "counting": gettext_noop("How votes are counted"),
    "warnings": gettext_noop("Warnings"),
    "health": gettext_noop("Health advice"),
    "help": gettext_noop("Where help is"),
}
STEPS = {
    "lists": gettext_noop("Voters' lists"),
    "dates": gettext_noop("Days and hours"),
    "places": gettext_noop("Where one votes"),
    "papers": gettext_noop("Who may vote, and what to bring"),
    "early": gettext_noop("Who can't come to the polling place"),
    "ballot": gettext_noop("How a ballot is valid"),
    "counting": gettext_noop("How votes are counted"),
    "announcing": gettext_noop("Who announces it, and when"),
    "warning": gettext_noop("Official warnings"),
    "shelter": gettext_noop("Where to go, and when"),
    "health": gettext_noop("Health advice"),
    "help": gettext_noop("Where help is"),
    "after": gettext_noop("Afterwards"),
}
OFFER_REASONS = {
    "exact_link": gettext_noop("Both hold the same link."),
    "forward": gettext_noop("Both are nearly the same text."),
    "similar": gettext_noop("Their words are alike."),
}
REFUSALS = {
    "no_such_claim": gettext_noop("This claim is no longer here: it went with the questions about it."),
    "no_such_proposal": gettext_noop("This proposal is no longer here."),
    "no_such_appeal": gettext_noop("This appeal is no longer here."),
    "no_such_event": gettext_noop("This event is not here."),
    "no_such_source": gettext_noop("This source was taken down meanwhile."),
    "no_such_topic": gettext_noop("One of these topics is not here. Choose from the list."),
    "no_such_area": gettext_noop("One of these areas is not here today. Look at its code, or choose from the list."),
    "no_such_notice": gettext_noop("This notice is no longer here."),
    "no_such_offer": gettext_noop("This pair is no longer here: one of the two was merged or erased."),
    "no_such_question": gettext_noop("Tick at least one question. Some may have been erased meanwhile."),
    "empty": gettext_noop("A field is still empty. Please fill it in; the rest is still here."),
    "too_long": gettext_noop("A text has %(got)s characters; there is room for %(limit)s. Please shorten it."),
    "words_are_frozen": gettext_noop("The words of this claim stay as they are: its notes have been rated."),
    "words_are_wanted": gettext_noop(
        "Words are missing here. A claim whose words were erased needs new ones; words that may still change "
        "need no hiding, they can be said better."
    ),
    "claim_is_closed": gettext_noop("This claim was closed or merged meanwhile, so this can't be done to it now."),
    "claim_is_answered": gettext_noop("This claim has an agreed answer. Nobody takes that away by hand."),
    "has_helpful_note": gettext_noop("A note on this claim was found helpful. Nobody takes that away by hand."),
    "same_claim": gettext_noop("That is this claim itself. Give the number of the other one."),
    "all_questions": gettext_noop("That would be all its questions. Leave at least one here."),
    "wrong_code": gettext_noop("Choose one of what is offered. A code has small letters, figures and hyphens."),
    "wrong_passage": gettext_noop("These words don't stand in the claim. Copy them from it as they are."),
    "wrong_address": gettext_noop("Give the address of an official page; it begins with https://."),
    "wrong_name": gettext_noop("This name can't be used. Try another one."),
    "wrong_time": gettext_noop("The end must be after the beginning, and at most %(limit)s days later."),
    "wrong_subject": gettext_noop(
        "Choose one of the subjects. Of an election there are when, where, how and counting."
    ),
    "court_order_is_wanted": gettext_noop("A court order is shown in public: give its text, with that reason alone."),
    "already_proposed": gettext_noop("The same was proposed already and waits for a second person."),
    "already_ended": gettext_noop("Somebody has already decided this. Look at how it stands now."),
    "same_person": gettext_noop("It takes somebody else: nobody decides about what they did or asked for themselves."),
    "not_yours": gettext_noop("Somebody else proposed this. You can say yes or no to it."),
    "not_in_effect": gettext_noop("This act doesn't hold any more, so there is nothing to take back."),
    "already_appealed": gettext_noop("Somebody has appealed already. A third person is going to look at it."),
    "taken": gettext_noop("Somebody else took this claim a moment ago. Others wait for you."),
    "not_taken": gettext_noop("You don't have this claim now: your time may be over. You can take it again."),
    "too_many": gettext_noop("That is more than there is room for: at most %(limit)s."),
    "event_is_over": gettext_noop("This event is over: what is written beforehand would come too late."),
    "not_official": gettext_noop(
        "This address is on no official host: pin a source of the event there first and have it confirmed, or take a "
        "page of an admitted publisher."
    ),
    "slogan": gettext_noop(
        "Say each wrong version in plain words of your own: no quotation marks, exclamation marks or hashtags, "
        "nothing in capitals. A slogan that is repeated spreads."
    ),
    "names_somebody": gettext_noop("Somebody's name or number stands in it, or what looks like one. Say it without."),
    "twists_are_wanted": gettext_noop("Say how it is usually told wrong: at least one version, at most %(limit)s."),
    "is_a_prebunk": gettext_noop("A prebunk stands for itself: no question comes to it, and it stays with its event."),
    "name_is_taken": gettext_noop("A topic with this code is here already. Choose another code."),
    "last_day": gettext_noop(
        "It is the last day of an election: what is under it is neither merged, split nor taken from it until the "
        "polls close. You can do it from %(until)s on."
    ),
    "last_day_times": gettext_noop(
        "It is the last day of this election: its times stand still until the polls close. You can change them from "
        "%(until)s on."
    ),
    "event_has_begun": gettext_noop(
        "The event has begun: its beginning stays, and so does what was declared for it before."
    ),
    "sources_are_wanted": gettext_noop("Pin an official source first, and have a second person confirm it."),
    "sources_have_changed": gettext_noop(
        "Its official sources have changed since somebody proposed this. Propose it anew."
    ),
    "same_rule": gettext_noop("This very rule holds already."),
}


def refusal(error: ClaimRefused) -> str:
    """Why the room didn't do it, in the reader's language."""
    said = {"got": number(error.got), "limit": number(error.limit)}
    if error.until is not None:
        said["until"] = gettext("%(time)s on %(day)s") % {"time": clock(error.until), "day": day(error.until)}
    return gettext(REFUSALS[error.code]) % said


@register.filter
def outcome_word(outcome: str) -> str:
    """What became of a report."""
    return gettext(OUTCOMES[outcome])


@register.filter
def who(names: Mapping[int, PseudonymView], number: int | None) -> str:
    """Somebody's name; an asker has none."""
    if number is None:
        return gettext("somebody who asked")
    return names[number].name if number in names else gettext("somebody who left")


@register.filter
def place_of(places: Mapping[str, Place], act: ProposalView) -> Place | None:
    """The note that a withheld passage stands in; None for an act on the claim itself."""
    return places.get(act.subject)


@register.filter
def situation(code: str) -> str:
    """How a claim stands, in words."""
    return gettext(SITUATIONS[STATES.get(code, code)])


@register.filter
def act_word(proposal: ProposalView) -> str:
    """What two people do, or take back."""
    return gettext((UNDOINGS if proposal.undoes else PROPOSALS)[proposal.kind])


@register.filter
def code_word(code: str) -> str:
    """The code of a closing or a withholding, in words; "" for none."""
    return gettext(CODES[code]) if code else ""


@register.filter
def event_kind(kind: str) -> str:
    """A kind of event, in words."""
    return gettext(EVENT_KINDS[kind])


@register.filter
def subject_word(about: str) -> str:
    """What an official source is about."""
    return gettext(SUBJECTS[about])


@register.filter
def step_word(step: str) -> str:
    """Which step of an event a prebunk is about."""
    return gettext(STEPS[step])


@register.filter
def offer_reason(why: str) -> str:
    """Why two claims may be one."""
    return gettext(OFFER_REASONS[why])


@register.filter
def local_time(value: datetime | None) -> str:
    """A moment as a browser's field of day and time takes it, by the clock of Viet Nam; "" for none."""
    return value.astimezone(VIET_NAM).strftime("%Y-%m-%dT%H:%M") if value else ""


@register.filter
def askers(count: int) -> str:
    """12 người hỏi."""
    words = ngettext("%(shown)s person asks", "%(shown)s people ask", count)
    return words % {"shown": number(count)}


@register.filter
def need_reason(reason: Reason) -> str:
    """Why a claim stands where it does, in a few words."""
    value = reason.value
    if reason.kind == "needed_by" and isinstance(value, date):
        return gettext("needed by %(day)s") % {"day": day(value)}
    if reason.kind == "growing" and isinstance(value, int | float):
        return gettext("%(times)s times as many as the day before") % {"times": _times(value)}
    if reason.kind == "asked_by" and isinstance(value, int):
        return askers(value)
    if reason.kind == "waiting_days" and isinstance(value, int):
        words = ngettext("waits for %(shown)s day", "waits for %(shown)s days", value)
        return words % {"shown": number(value)}
    return gettext("belongs to a running event")


def _times(value: float) -> str:
    """3 or 2,5: no figure behind the point that says nothing."""
    written = f"{value:g}"
    return written if get_language() == "en" else written.replace(".", ",")
