"""Writing a note, or a new version of one, in three steps that need no script: evidence, words, a last look."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import PseudonymView
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.prebunk_reads import verdicts_on
from thuchu.desk.claims.views import ClaimView
from thuchu.desk.evidence import reads as evidence_reads
from thuchu.desk.evidence.capture import Words as Chosen
from thuchu.desk.evidence.reads import EvidenceView, RequestView
from thuchu.desk.evidence.refusals import EvidenceRefused, QuoteOtherwise
from thuchu.desk.evidence.requests import Copy, forget_gathered, forget_request, keep_upload, request_capture
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes import refusals
from thuchu.desk.notes.drafts import EVIDENCE_MAX, Draft, check, count_words
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import VERDICTS, WORDS_MAX, WORDS_MIN
from thuchu.desk.notes.reads import NoteView
from thuchu.desk.notes.write import write
from thuchu.desk.web import drafts
from thuchu.desk.web.drafts import Words
from thuchu.desk.web.forms import clean, number, see_other, sentence, typed
from thuchu.desk.web.person import View, needs, signed_in
from thuchu.desk.web.uploads import takes_a_file
from thuchu.desk.web.warned_links import warnings_of
from thuchu.privacy import scrub

# Refusals that are nobody's mistake: what was written met something newer.
_CONFLICTS = (
    refusals.AlreadyWritten,
    refusals.ClaimClosed,
    refusals.NoteWithdrawn,
    refusals.LaneFull,
    refusals.VersionsEnough,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is being written: a note on a claim, or the next version of one.

    subject   the name under which evidence and words are kept meanwhile
    base      the address of its first step
    standing  the version that the new one follows, or None
    """

    subject: str
    base: str
    claim: ClaimView
    standing: NoteView | None

    @property
    def begun(self) -> Words:
        """What stands in the form before anything was written."""
        if self.standing is None:
            return Words()
        return Words(verdict=self.standing.verdict, text=self.standing.text, ai_drafted=self.standing.ai_drafted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence on its way: what was asked for, and what came of it; or one that the note has already."""

    request: RequestView | None
    evidence: EvidenceView | None


def step(view: View) -> View:
    """A step of writing: its task is found, or the page says why there is none."""

    @wraps(view)
    def found(request: HttpRequest, number: int, of: str, **rest: Any) -> HttpResponse:
        task = _new(request, number) if of == "claim" else _next_version(request, number)
        return view(request, task, **rest) if isinstance(task, Task) else task

    return found


def _steps(view: Callable[..., HttpResponse]) -> View:
    return needs(Act.WRITE_NOTE)(step(view))


def _new(request: HttpRequest, claim_id: int) -> Task | HttpResponse:
    claim = claims.claim(claim_id, now=timezone.now())
    if claim is None:
        raise Http404
    own = notes.number_of(signed_in(request).pseudonym_id, claim_id)
    if own is not None:
        return redirect("edit", number=own)
    if claim.situation in ("merged", "not_a_fact", "private"):
        return _closed(request, claim)
    return Task(subject=f"claim:{claim_id}", base=f"/c/{claim_id}/write", claim=claim, standing=None)


def _next_version(request: HttpRequest, note_id: int) -> Task | HttpResponse:
    now = timezone.now()
    note = notes.note(note_id, viewer=signed_in(request), now=now)
    claim = claims.claim(note.claim, now=now) if note else None
    if note is None or claim is None:
        raise Http404
    if not note.is_own or note.state != "current":
        return redirect("note", number=note_id)
    if claim.situation in ("merged", "not_a_fact", "private"):
        return _closed(request, claim)
    return Task(subject=f"note:{note_id}", base=f"/n/{note_id}/edit", claim=claim, standing=note)


def _closed(request: HttpRequest, claim: ClaimView) -> HttpResponse:
    return render(request, "pages/write_closed.html", {"claim": claim}, status=409)


@_steps
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, task: Task) -> HttpResponse:
    """The first step: what was gathered, and a form for a link and the sentence that matters."""
    if request.method != "POST":
        return _evidence_page(request, task)
    try:
        asked = request_capture(
            typed(request, "address"),
            clean(request, "quote"),
            by=signed_in(request).pseudonym_id,
            subject=task.subject,
            description=clean(request, "description"),
            now=timezone.now(),
        )
    except EvidenceRefused as refused:
        return _evidence_page(request, task, refused)
    return _on(f"{task.base}/sources/{asked}")


@takes_a_file(needs(Act.WRITE_NOTE))
@step
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, task: Task) -> HttpResponse:
    """A copy of a source, where we can't fetch it; who comes back from signing in is led to the form."""
    if request.method != "POST":
        return redirect(task.base)
    file = request.FILES.get("file")
    copy = Copy(
        body=file.read() if file else b"",
        name=scrub((file.name or "") if file else ""),
        address=typed(request, "address"),
    )
    try:
        kept = keep_upload(
            copy,
            Chosen(quote=clean(request, "quote"), description=clean(request, "description")),
            by=signed_in(request).pseudonym_id,
            subject=task.subject,
            now=timezone.now(),
            home=settings.THUCHU_HOME,
        )
    except EvidenceRefused as refused:
        return _evidence_page(request, task, refused, form="upload")
    return _on(f"{task.base}/sources/{kept}")


@_steps
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, task: Task, piece: int) -> HttpResponse:
    """One piece on its way: waiting, found, or refused with what to do; and leaving it out."""
    by = signed_in(request).pseudonym_id
    if request.method == "POST":
        forget_request(piece, by=by)
        return _on(task.base)
    asked = evidence_reads.request(piece, by=by)
    if asked is None or asked.subject != task.subject:
        return redirect(task.base)
    found = evidence_reads.evidence(asked.evidence) if asked.evidence else None
    nearest = asked.refusal.values["nearest"] if isinstance(asked.refusal, QuoteOtherwise) else ""
    shown = {"task": task, "asked": asked, "piece": found, "nearest": nearest}
    return render(request, "pages/write_source.html", shown)


@_steps
@require_http_methods(["GET", "HEAD", "POST"])
def without(request: HttpRequest, task: Task) -> HttpResponse:
    """The next version does without a piece that the last one has."""
    standing = task.standing.evidence if task.standing else ()
    piece = number(request, "evidence")
    if request.method == "POST" and piece is not None and piece in {each.number for each in standing}:
        drafts.leave_out(request.session, task.subject, task.begun, piece)
    return _on(task.base)


@_steps
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, task: Task) -> HttpResponse:
    """The second step: verdict, explanation, whether a machine drafted it."""
    written = drafts.words(request.session, task.subject) or task.begun
    if request.method != "POST":
        return _words_page(request, task, written)
    written = Words(
        verdict=typed(request, "verdict") if typed(request, "verdict") in VERDICTS else "",
        text=clean(request, "text").text,
        ai_drafted=bool(typed(request, "ai_drafted")),
        without=written.without,
    )
    drafts.keep(request.session, task.subject, written)
    if typed(request, "go") == "evidence":
        return _on(task.base)
    try:
        check(_draft(request, task, written))
    except refusals.NoteRefused as refused:
        return _words_page(request, task, written, refused)
    return _on(f"{task.base}/preview")


@_steps
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, task: Task) -> HttpResponse:
    """The third step: the note as it will stand, and the button that sends it."""
    written = drafts.words(request.session, task.subject) or task.begun
    draft = _draft(request, task, written)
    try:
        check(draft)
        sent = _send(request, task, draft) if request.method == "POST" else None
    except refusals.DraftRefused as refused:
        return _words_page(request, task, written, refused)
    except refusals.NoteRefused as refused:
        return _preview_page(request, task, draft, refused)
    if sent is None:
        return _preview_page(request, task, draft)
    drafts.forget(request.session, task.subject)
    forget_gathered(task.subject, by=signed_in(request).pseudonym_id)
    return _on(f"/n/{sent}")


def _send(request: HttpRequest, task: Task, draft: Draft) -> int:
    person, now = signed_in(request), timezone.now()
    if task.standing is None:
        return write(person, task.claim.id, draft, now=now)
    edit(person, task.standing.number, draft, now=now)
    return task.standing.number


def _evidence_page(
    request: HttpRequest, task: Task, refused: EvidenceRefused | None = None, form: str = "link"
) -> HttpResponse:
    pieces = _pieces(request, task)
    shown = {
        "task": task,
        "pieces": pieces,
        "is_ready": any(piece.evidence for piece in pieces),
        "is_full": len(pieces) >= EVIDENCE_MAX,
        "trouble": sentence(refused) if refused else "",
        "form": form,
        "typed": {name: typed(request, name) for name in ("address", "quote", "description")},
    }
    return render(request, "pages/write_evidence.html", shown, status=422 if refused else 200)


def _words_page(
    request: HttpRequest, task: Task, written: Words, refused: refusals.NoteRefused | None = None
) -> HttpResponse:
    shown = {
        "task": task,
        "written": written,
        "trouble": sentence(refused) if refused else "",
        "pieces": [piece.evidence for piece in _pieces(request, task) if piece.evidence],
        "verdicts": verdicts_on(task.claim.id) or VERDICTS,
        "n_words": count_words(written.text),
        "least": WORDS_MIN,
        "most": WORDS_MAX,
    }
    return render(request, "pages/write_words.html", shown, status=_status(refused) if refused else 200)


def _preview_page(
    request: HttpRequest, task: Task, draft: Draft, refused: refusals.NoteRefused | None = None
) -> HttpResponse:
    note = _as_it_will_stand(request, task, draft)
    shown = {
        "task": task,
        "note": note,
        "warnings": warnings_of(request, note),
        "trouble": sentence(refused) if refused else "",
    }
    return render(request, "pages/write_preview.html", shown, status=_status(refused) if refused else 200)


def _pieces(request: HttpRequest, task: Task) -> list[Piece]:
    """What the note has and keeps, then what was gathered, each once."""
    written = drafts.words(request.session, task.subject) or task.begun
    standing = task.standing.evidence if task.standing else ()
    kept = [Piece(request=None, evidence=piece) for piece in standing if piece.number not in written.without]
    asked = evidence_reads.gathered(by=signed_in(request).pseudonym_id, subject=task.subject)
    found = evidence_reads.evidences([each.evidence for each in asked if each.evidence])
    seen = {piece.evidence.number for piece in kept if piece.evidence}
    for each in asked:
        if each.evidence not in seen:
            kept.append(Piece(request=each, evidence=found.get(each.evidence or 0)))
            seen |= {each.evidence} if each.evidence else set()
    return kept


def _draft(request: HttpRequest, task: Task, written: Words) -> Draft:
    return Draft(
        verdict=written.verdict,
        text=written.clean,
        evidence=[piece.evidence.number for piece in _pieces(request, task) if piece.evidence],
        ai_drafted=written.ai_drafted,
    )


def _as_it_will_stand(request: HttpRequest, task: Task, draft: Draft) -> NoteView:
    """A view of what no row says yet, for the same part of a page that shows notes."""
    person, now, standing = signed_in(request), timezone.now(), task.standing
    pieces = tuple(piece.evidence for piece in _pieces(request, task) if piece.evidence)
    return NoteView(
        number=standing.number if standing else 0,
        claim=task.claim.id,
        author=PseudonymView(id=person.pseudonym_id, name=person.name, left=False),
        state="current",
        verdict=draft.verdict,
        text=draft.text.text,
        withheld=(),
        evidence=pieces,
        versions=standing.versions + 1 if standing else 1,
        written_at=standing.written_at if standing else now,
        changed_at=now,
        withdrawn_at=None,
        copied_from=standing.copied_from if standing else None,
        ai_drafted=draft.ai_drafted or (standing is not None and standing.ai_drafted),
        missing=(),
        is_own=True,
        own_rating=None,
        result=None,
    )


def _status(refused: refusals.NoteRefused) -> int:
    if isinstance(refused, refusals.WrittenEnough):
        return 429
    return 409 if isinstance(refused, _CONFLICTS) else 422


def _on(address: str) -> HttpResponse:
    return see_other(address)
