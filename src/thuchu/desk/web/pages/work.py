"""My work: what I took, what I am writing, what I wrote and what it misses, what I rated that was edited since."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.queue import taken_by
from thuchu.desk.commitments.reads import due_soon
from thuchu.desk.evidence.reads import RequestView, gathered
from thuchu.desk.notes.reads import NOTES_SHOWN_MAX, NoteView, written_by
from thuchu.desk.notes.to_rate import to_rate_again
from thuchu.desk.publishing.missing import how_they_stand
from thuchu.desk.reviews.auditing import n_waiting
from thuchu.desk.web.pages.practice import news_of
from thuchu.desk.web.person import needs, signed_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What somebody gathered for one note that isn't sent yet, or for the next version of one."""

    address: str
    wording: str
    ready: int
    waiting: int
    refused: int


@needs(Act.RATE)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The page."""
    now, person = timezone.now(), signed_in(request)
    mine = written_by(person.pseudonym_id, viewer=person, now=now, limit=NOTES_SHOWN_MAX)
    edited = to_rate_again(person, now=now)
    asked = gathered(by=person.pseudonym_id)
    on_claims = {note.number: note.claim for note in mine}
    needed = [_claim_of(each, on_claims) for each in asked] + [note.claim for note in (*mine, *edited)]
    words, stands = claims.wordings(needed, now=now), how_they_stand(mine)
    # Documents of an organisation's answer are gathered alike, and are no note.
    subjects = dict.fromkeys(each.subject for each in asked if each.subject.startswith(("claim:", "note:")))
    shown = {
        "taken": taken_by(person.pseudonym_id, now=now),
        "begun": [_begun(subject, asked, words, on_claims) for subject in subjects],
        "mine": [(note, wording, stands[note.number]) for note, wording in _with_words(mine, words)],
        "edited": _with_words(edited, words),
        "may_write": person.may_write,
        "due_soon": due_soon(now=now),
        "to_judge": n_waiting(person) if may(person, Act.JUDGE_ANSWER) else 0,
        "taken_back": news_of(request),
    }
    return render(request, "pages/work.html", shown)


def _with_words(found: tuple[NoteView, ...], words: dict[int, str]) -> list[tuple[NoteView, str]]:
    return [(note, words.get(note.claim, "")) for note in found]


def _begun(subject: str, asked: tuple[RequestView, ...], words: dict[int, str], on_claims: dict[int, int]) -> Begun:
    """The pieces of one thing, counted."""
    pieces = [each for each in asked if each.subject == subject]
    kind, _, number = subject.partition(":")
    states = [each.state for each in pieces]
    return Begun(
        address=f"/c/{number}/write" if kind == "claim" else f"/n/{number}/edit",
        wording=words.get(_claim_of(pieces[0], on_claims), ""),
        ready=states.count("ready"),
        waiting=states.count("waiting") + states.count("fetching"),
        refused=states.count("refused"),
    )


def _claim_of(asked: RequestView, on_claims: dict[int, int]) -> int:
    kind, _, number = asked.subject.partition(":")
    return int(number) if kind == "claim" else on_claims.get(int(number), 0)
