"""A round: what the ledger's entries up to a number say of every note, written down once.

Whoever holds it computes outside of any transaction, so that nobody who asks or rates waits; only what came out is
written under the write lock, and only when no other round was held meanwhile.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q

from thuchu.consensus import DESK, ConsensusParams
from thuchu.desk.claims.last_day import running as last_day
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.append import append
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.models import Note
from thuchu.desk.notes.reads import last_batch
from thuchu.desk.parts import VALUES_A_STATEMENT, parts
from thuchu.desk.publishing.models import Change, Plot, PlotPart, Round, Standing
from thuchu.log.entry import Value
from thuchu.rounds import Outcome, Replay, StatusOf, decide, digest_of_plots, params_of
from thuchu.rounds import Plot as PlotOf
from thuchu.rounds.decide import AGREED_AFTER_MS, HELPFUL, NOTHING
from thuchu.rounds.replay import KINDS

# An entry is read into memory whole, by everybody who checks the chain.
CHANGES_AN_ENTRY_MAX = 1_000
_AGREED_AFTER = timedelta(milliseconds=AGREED_AFTER_MS)


def hold_round(*, now: datetime) -> int | None:
    """Hold a round where one is due, and give back its number; None where nothing could have changed.

    Due is a round when five people have rated since the last one, when a batch was taken and its round never held (a
    crash), when a helpful note has waited its half-hour, or when a rated note was edited, withdrawn or erased.
    """
    take_batch(now=now)
    before = Round.objects.order_by("-number").first()
    batch = last_batch()
    if batch is None or not (_has_new_ratings(before, batch.number) or _must_confirm(now)):
        return None
    replay = read_ledger()
    outcome = decide(replay, time_ms=int(now.timestamp() * 1000), params=_params(now))
    return _write(replay, outcome, number=(before.number if before else 0) + 1, batch=batch.number, now=now)


def read_ledger(up_to: int | None = None) -> Replay:
    """All that bears on statuses, up to an entry's number; all there is unless one is named."""
    replay, last = Replay(), ledger.last_number() if up_to is None else up_to
    for entry in ledger.read_through(KINDS, up_to=last):
        replay.feed(*entry)
    replay.up_to = last
    return replay


def _params(now: datetime) -> ConsensusParams:
    """The newest rule set; on an election's last day that of the last round before it, whatever was installed since."""
    quiet = last_day(now=now)
    if quiet is None:
        return DESK
    before = Round.objects.filter(held_at__lt=quiet.begins).order_by("-number").first()
    return params_of(before.params) if before else DESK


def _has_new_ratings(before: Round | None, batch: int) -> bool:
    return before is None or before.batch < batch


def _must_confirm(now: datetime) -> bool:
    """Would a round without new ratings say anything else than the last one?"""
    waits = Q(status=HELPFUL, agreed=False, since__held_at__lte=now - _AGREED_AFTER)
    is_another = ~Q(version=F("note__versions")) | ~Q(note__state="current")
    return Standing.objects.filter(waits | is_another).exists()


def _write(replay: Replay, outcome: Outcome, *, number: int, batch: int, now: datetime) -> int | None:
    with transaction.atomic():
        last = Round.objects.aggregate(last=Max("number"))["last"] or 0
        if last + 1 != number:
            # Somebody else held it in the meantime.
            return None
        held = Round.objects.create(
            number=number,
            up_to=outcome.up_to,
            held_at=now,
            batch=batch,
            params=outcome.params,
            n_ratings=outcome.n_ratings,
            n_raters=outcome.n_raters,
            digest=outcome.digest,
        )
        _enter(held, replay, outcome)
        _change(held, replay, outcome)
        _plot(held, outcome.plots)
    return number


def _enter(held: Round, replay: Replay, outcome: Outcome) -> None:
    """Entries of the round; `replay` reads them at once, so that it knows since when each status stands."""
    subject = f"round:{held.number}"
    body: dict[str, Value] = {
        "up_to": outcome.up_to,
        "batch": held.batch,
        "params": outcome.params,
        "ratings": outcome.n_ratings,
        "raters": outcome.n_raters,
        "notes": len(outcome.statuses),
        "statuses_digest": outcome.digest,
    }
    append("round.held", subject, body, now=held.held_at)
    for part in parts(outcome.changes, CHANGES_AN_ENTRY_MAX):
        changes: list[Value] = [[each.note, each.version, each.status, each.rule] for each in part]
        entry = append("statuses.changed", subject, {"changes": changes}, now=held.held_at)
        replay.feed(entry.seq, entry.time_ms, entry.kind, subject, {"changes": changes})
    for moved in parts(outcome.plots, CHANGES_AN_ENTRY_MAX):
        plots: list[Value] = [[each.note, each.version, len(each.parts)] for each in moved]
        append("plots.moved", subject, {"plots": plots, "digest": digest_of_plots(moved)}, now=held.held_at)


def _plot(held: Round, moved: Iterable[PlotOf]) -> None:
    """The last picture of each note that is shown; what was drawn before is not kept (rule 7)."""
    Plot.objects.exclude(version=F("note__versions")).delete()
    for part in parts(list(moved), VALUES_A_STATEMENT):
        Plot.objects.filter(note__in=[each.note for each in part]).delete()
        shown = [each for each in part if each.parts]
        Plot.objects.bulk_create(Plot(note_id=each.note, version=each.version, round=held) for each in shown)
        PlotPart.objects.bulk_create(
            PlotPart(
                plot_id=each.note,
                place=place,
                fifths=piece.fifths,
                helpful=piece.helpful,
                somewhat_helpful=piece.somewhat_helpful,
                not_helpful=piece.not_helpful,
            )
            for each in shown
            for place, piece in enumerate(each.parts)
        )


def _change(held: Round, replay: Replay, outcome: Outcome) -> None:
    """Rows as the ledger says now."""
    # First: what is helpful no more may not stay agreed.
    _agree(outcome.agreed)
    for part in parts(outcome.changes, VALUES_A_STATEMENT):
        # A note that was erased with a private matter has no row that could say so.
        here = set(Note.objects.filter(pk__in=[each.note for each in part]).values_list("pk", flat=True))
        _remember(held, [each for each in part if each.note in here])
        Standing.objects.filter(note__in=[each.note for each in part if each.status == NOTHING]).delete()
        Standing.objects.bulk_create(
            (_standing(each.note, replay) for each in part if each.note in here and each.status != NOTHING),
            update_conflicts=True,
            unique_fields=["note"],
            update_fields=["version", "status", "rule", "since"],
        )


def _remember(held: Round, changes: Iterable[StatusOf]) -> None:
    Change.objects.bulk_create(
        Change(note_id=each.note, round=held, version=each.version, status=each.status, rule=each.rule)
        for each in changes
    )


def _agree(agreed: frozenset[int]) -> None:
    before = set(Standing.objects.filter(agreed=True).values_list("note_id", flat=True))
    for numbers, is_agreed in ((before - agreed, False), (agreed - before, True)):
        for part in parts(sorted(numbers), VALUES_A_STATEMENT):
            Standing.objects.filter(note__in=part).update(agreed=is_agreed)


def _standing(note: int, replay: Replay) -> Standing:
    said = replay.standing[note]
    return Standing(note_id=note, version=said.version, status=said.status, rule=said.rule, since_id=said.since_round)
