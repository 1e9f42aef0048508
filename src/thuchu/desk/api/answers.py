"""An answer as JSON: the one form that the API and `thuchu check --json` give."""

from datetime import date, datetime
from typing import Any, Literal, cast

from django.conf import settings
from ninja import Schema

from thuchu.desk.facts.reads import FactView
from thuchu.desk.journey import Asked, LinkShown, Shown
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.publishing.reads import RecheckView
from thuchu.desk.wording import day_in_viet_nam


class WhyOut(Schema):
    """Why a fact-check matched: by "link", "forward" (nearly the same text) or "words", and which."""

    by: Literal["link", "forward", "words"]
    words: list[str]
    link: str


class FactCheckBrief(Schema):
    """What both a match and the library say of a fact-check; `url` is where its publisher has it."""

    id: str
    title: str
    claim: str
    verdict: str | None
    verdict_words: str
    publisher: str
    url: str
    page_url: str
    language: str
    date_published: str | None


class MatchOut(FactCheckBrief):
    """One fact-check that answers, or may answer, the message."""

    probability: float
    why: WhyOut


class LinkOut(Schema):
    """One address in the message: "listed" (the publisher's list names it), "look_alike" (it isn't `official`)."""

    host: str
    warning: Literal["listed", "look_alike"] | None
    publisher: str | None
    since: str | None
    official: str | None
    why: str | None


class FactOut(Schema):
    """One fact of an event that answers the message: what an official source says, for an area or for all of it."""

    field: str
    name: str
    name_en: str
    area: str | None
    area_name: str | None
    value: str
    value_en: str
    quote: str
    source_url: str
    checked_on: date
    event_url: str


class AnswerOut(Schema):
    """What the desk says to a message; `status_url` is the asker's private page.

    With the decision "fact" `facts` answer it; `areas_wanted` are codes to ask again with, where communes differ.
    """

    decision: Literal["answer", "fact", "suggest", "none"]
    disputed: bool
    language: str
    matches: list[MatchOut]
    links: list[LinkOut]
    facts: list[FactOut]
    areas_wanted: list[str]
    status_url: str


FactCheckState = Literal["current", "withdrawn", "no_longer_agreed"]


class FactCheckOut(FactCheckBrief):
    """One fact-check of the library; `note` is the note of this desk that was agreed, null for what was imported."""

    explanation: str
    date_modified: str | None
    citations: list[str]
    state: FactCheckState
    note: int | None
    disputed: bool
    withdrawn_reason: str
    may_be_answered: bool
    card_url: str
    updated_at: datetime
    checked_on: date | None
    check_again_by: date | None


def answer_out(asked: Asked) -> AnswerOut:
    """`asked` in the API's form."""
    return AnswerOut(
        decision=asked.answer.kind,
        disputed=asked.answer.disputed,
        language=asked.answer.language,
        matches=[_match(shown) for shown in asked.answer.shown],
        links=[_link(link) for link in asked.answer.links],
        facts=[fact_out(view) for view in asked.answer.facts],
        areas_wanted=[area.code for area in asked.answer.wanted.areas] if asked.answer.wanted else [],
        status_url=f"{settings.THUCHU_ADDRESS}/q/{asked.token}",
    )


def fact_check_out(view: FactCheckView, recheck: RecheckView | None = None) -> FactCheckOut:
    """A fact-check in the API's form; with `recheck`, when it was last checked and is to be looked at again."""
    return FactCheckOut(
        **_common(view),
        explanation=view.explanation,
        date_modified=view.date_modified.isoformat() if view.date_modified else None,
        citations=list(view.citations),
        state=cast(FactCheckState, view.state),
        note=view.note,
        disputed=view.disputed,
        withdrawn_reason=view.withdrawn_reason,
        may_be_answered=view.is_answerable,
        card_url=f"{settings.THUCHU_ADDRESS}{view.page_path}/card.png",
        updated_at=view.updated_at,
        checked_on=recheck.checked_on if recheck else None,
        check_again_by=recheck.due_on if recheck else None,
    )


def fact_out(view: FactView) -> FactOut:
    """A fact in the API's form."""
    return FactOut(
        field=view.field.code,
        name=view.field.name_vi,
        name_en=view.field.name_en,
        area=view.area.code if view.area else None,
        area_name=view.area.name_vi if view.area else None,
        value=view.value_vi,
        value_en=view.value_en,
        quote=view.evidence.sentence if view.evidence else "",
        source_url=view.evidence.address if view.evidence else "",
        checked_on=day_in_viet_nam(view.checked_at),
        event_url=f"{settings.THUCHU_ADDRESS}/e/{view.event}",
    )


def _match(shown: Shown) -> MatchOut:
    why = WhyOut(by=shown.why.by, words=list(shown.why.words), link=shown.why.link)
    return MatchOut(**_common(shown.fact_check), probability=round(shown.probability, 4), why=why)


def _common(view: FactCheckView) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.title,
        "claim": view.claim,
        "verdict": view.verdict,
        "verdict_words": view.verdict_words,
        "publisher": view.publisher_name,
        "url": view.url,
        "page_url": settings.THUCHU_ADDRESS + view.page_path,
        "language": view.language,
        "date_published": view.date_published.isoformat() if view.date_published else None,
    }


def _link(link: LinkShown) -> LinkOut:
    return LinkOut(
        host=link.host,
        warning=link.warning,
        publisher=link.publisher or None,
        since=link.since.isoformat() if link.since else None,
        official=link.official or None,
        why=_link_why(link),
    )


def _link_why(link: LinkShown) -> str | None:
    if link.warning == "listed":
        return f"{link.publisher}'s list names this site"
    if link.warning == "look_alike":
        return f"this isn't {link.official} ({link.reason.replace('_', ' ')})"
    return None
