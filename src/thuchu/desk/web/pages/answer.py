"""The asker's private page: warnings about links, the answer or what may be it, and what happens to the question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thuchu.desk.claims.reads import provinces
from thuchu.desk.claims.wishes import NEEDED_BY_DAYS_MAX
from thuchu.desk.intake.tellings import Telling, is_of_facts
from thuchu.desk.journey import Answer, LinkShown, Shown, StatusView, look_again
from thuchu.desk.library.reads import FactCheckView, fact_check
from thuchu.desk.replies.addresses import ADDRESS_CHARS_MAX, CONFIRM_HOURS
from thuchu.desk.replies.reads import Mailed
from thuchu.desk.replies.taken_back import answered, became, no_such_fact, not_known
from thuchu.desk.web.templatetags.words import VIET_NAM, day, quoted_claim, verdict_word

Situation = Literal["fact", "answer", "confirmed", "disputed", "suggest", "none"]


@dataclass(frozen=True, slots=True)
class Card:
    """One fact-check on the page, with what the asker said of it and the text to copy."""

    shown: Shown
    said: frozenset[str]
    copy: str

    @property
    def fact_check(self) -> FactCheckView:
        """The fact-check itself."""
        return self.shown.fact_check


@dataclass(frozen=True, slots=True)
class Warned:
    """One host to be warned of, with everything there is to say about it."""

    host: str
    links: tuple[LinkShown, ...]


@never_cache
@require_safe
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a private link, from what is known now."""
    return page(request, token)


def page(request: HttpRequest, token: str, *, status: int = 200, **said: str) -> HttpResponse:
    """The same, with what went wrong when a form of it was sent, and what was typed: `trouble` and `appeal` of an
    appeal, `mail_trouble` and `email` of an address.
    """
    now = timezone.now()
    found = look_again(token, now=now)
    if found is None:
        return no_question(request)
    response = _render(request, token, found, {**said, **_waiting(found, now)}, status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _waiting(status: StatusView, now: datetime) -> dict[str, Any]:
    """What the part about the queue shows: a day can be chosen from today on, an area from the list."""
    if status.claim is None or status.claim.situation not in ("waiting", "being_rated"):
        return {}
    today = now.astimezone(VIET_NAM).date()
    last = today + timedelta(days=NEEDED_BY_DAYS_MAX - 1)
    return {"areas": provinces(today), "first_day": today, "last_day": last}


def _render(
    request: HttpRequest, token: str, status: StatusView, more: Mapping[str, Any], http_status: int
) -> HttpResponse:
    cards = [_card(shown, status) for shown in status.answer.shown]
    situation, main = _situation(status.answer, cards)
    before = _before(status)
    return render(
        request,
        "pages/answer.html",
        {
            "token": token,
            "status": status,
            "situation": situation,
            "wanted": status.answer.wanted,
            "main": main,
            "rejected": [card for card in cards if "is_not_it" in card.said and situation != "disputed"],
            "others": _others(situation, cards, main),
            "warnings": _warnings(status.answer.links),
            "changed": _changed(status, before),
            "history": _history(status),
            "confirm_hours": CONFIRM_HOURS,
            "address_chars_max": ADDRESS_CHARS_MAX,
            "told_before_path": before.page_path if before else "",
            "title": _title(situation, main, status.answer.links),
            "why_words": main[0].shown.why.words if situation in ("answer", "confirmed") else (),
            "address": f"{settings.THUCHU_ADDRESS}/q/{token}",
            **more,
        },
        status=http_status,
    )


def no_question(request: HttpRequest) -> HttpResponse:
    """404 for a private link that opens nothing: unknown, erased by its asker, or past its time."""
    response = render(request, "pages/no_question.html", status=404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _card(shown: Shown, status: StatusView) -> Card:
    said = status.feedback.get(shown.fact_check.id, frozenset())
    return Card(shown, said, copy_text(shown.fact_check))


def _situation(answer: Answer, cards: list[Card]) -> tuple[Situation, list[Card]]:
    """What the page leads with, after what the asker has said of each fact-check."""
    if answer.kind == "fact":
        return "fact", []
    open_cards = [card for card in cards if "is_not_it" not in card.said]
    confirmed = [card for card in open_cards if "is_it" in card.said]
    if answer.kind == "answer" and cards[0] in open_cards:
        return "answer", cards[:1]
    if answer.disputed:
        return "disputed", cards
    if confirmed:
        return "confirmed", confirmed
    return ("suggest", open_cards) if open_cards else ("none", [])


def _others(situation: Situation, cards: list[Card], main: list[Card]) -> list[Card]:
    """What else it may be, once the asker has said which one it is."""
    if situation != "confirmed":
        return []
    return [card for card in cards if card not in main and "is_not_it" not in card.said]


def _warnings(links: tuple[LinkShown, ...]) -> list[Warned]:
    """One warning a host, in the order of the first: a host may stand on several lists and look like a bank, too."""
    warned = [link for link in links if link.warning is not None]
    hosts = dict.fromkeys(link.host for link in warned)
    return [Warned(host, tuple(link for link in warned if link.host == host)) for host in hosts]


def _title(situation: Situation, main: list[Card], links: tuple[LinkShown, ...]) -> str:
    """The page's name: the verdict word before the claim, so that no tab or history line reads as true."""
    if _warnings(links):
        return _("Don't open this link")
    if situation == "fact":
        return _("What official sources say")
    if situation in ("answer", "confirmed"):
        return quoted_claim(main[0].fact_check)
    if situation == "disputed":
        return _("Publishers disagree")
    return _("Is it one of these?") if situation == "suggest" else _("We don't know yet")


def copy_text(view: FactCheckView) -> str:
    """A fact-check as a message that stands alone: verdict, claim, why, who says so, where to read it."""
    source = _("%(publisher)s, %(day)s") % {"publisher": view.publisher_name, "day": day(view.said_on)}
    lines = [quoted_claim(view), view.why, source if view.said_on else view.publisher_name]
    return "\n".join([*(line for line in lines if line), settings.THUCHU_ADDRESS + view.page_path])


def _changed(status: StatusView, before: FactCheckView | None) -> str:
    """What the asker was told before, and what holds now (rule 9); "" when nothing has changed.

    before  the fact-check they were answered with, in whatever state it is now
    """
    told = status.told_before
    if not status.changed or told is None:
        return ""
    if status.answer.kind == "fact" and told.kind == "none":
        # They said where they are, or somebody pinned what they asked for: nothing was wrong before.
        return ""
    now = _now(status.answer)
    if is_of_facts(told) and status.answer.kind != "fact":
        return f"{no_such_fact(told.at)} {now}"
    if not _was_answered(told):
        return f"{_told(told)} {now}"
    verdict = told.told[0].verdict
    if status.answer.kind == "suggest" and not status.answer.disputed:
        now = f"{not_known()} {now}"
    return f"{answered(verdict, before, told.at)} {became(verdict, before)} {now}"


def _before(status: StatusView) -> FactCheckView | None:
    """What was answered before: its page says what was withdrawn, or changed, and why; None for no answer."""
    before = status.told_before
    return fact_check(before.told[0].fact_check) if before is not None and _was_answered(before) else None


def _was_answered(before: Telling) -> bool:
    return before.kind == "answer" and bool(before.told) and not is_of_facts(before)


def _told(telling: Telling) -> str:
    when = day(telling.at)
    if is_of_facts(telling):
        return _("On %(day)s we told you what an official source said.") % {"day": when}
    word = verdict_word(telling.told[0].verdict) if telling.told else ""
    if telling.kind == "answer" and word:
        return _("On %(day)s we answered you: %(verdict)s.") % {"day": when, "verdict": word}
    if telling.kind == "suggest":
        return _("On %(day)s we showed you fact-checks that might be about your message.") % {"day": when}
    return _("On %(day)s we told you that we didn't know yet.") % {"day": when}


def _now(answer: Answer) -> str:
    if answer.kind == "fact":
        return _("Now official sources say what stands below.")
    word = verdict_word(answer.shown[0].fact_check.verdict) if answer.shown else ""
    if answer.kind == "answer" and word:
        return _("Now the answer is: %(verdict)s.") % {"verdict": word}
    if answer.disputed:
        return _("Those who checked it have come to different verdicts.")
    if answer.kind == "suggest":
        return _("Here is what we know now that may be about it.")
    return not_known()


def _history(status: StatusView) -> list[str]:
    """Everything the asker was told, oldest first, each with its day: here, and by mail."""
    said = [(telling.at, _told(telling)) for telling in status.tellings]
    said += [(letter.at, _mailed(letter)) for letter in status.mail.letters]
    return [sentence for _at, sentence in sorted(said, key=lambda each: each[0])]


def _mailed(letter: Mailed) -> str:
    when = {"day": day(letter.at)}
    if letter.says.kind == "answer":
        word = verdict_word(letter.says.told[0][1]) or _("Fact-check")
        return _("On %(day)s we mailed you the answer: %(verdict)s.") % {**when, "verdict": word}
    return _MAILED[letter.says.kind]() % when


_MAILED = {
    "fact": lambda: _("On %(day)s we mailed you what an official source says."),
    "disputed": lambda: _("On %(day)s we mailed you that those who checked it disagree."),
    "suggest": lambda: _("On %(day)s we mailed you that some fact-checks may be about it."),
    "being_rated": lambda: _("On %(day)s we mailed you that there are notes on it, and nothing is agreed yet."),
    "waiting": lambda: _("On %(day)s we mailed you that it waits, and that we don't know."),
    "not_a_fact": lambda: _("On %(day)s we mailed you that we give no verdict on it."),
    "private": lambda: _("On %(day)s we mailed you that we give no verdict on it."),
}
