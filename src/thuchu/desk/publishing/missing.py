"""What is missing of a note, once a round has said how it stands: a note that is agreed, or rejected, misses nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from thuchu.desk.notes.missing import Missing
from thuchu.desk.notes.reads import NoteView
from thuchu.desk.publishing.reads import StandingView, standings
from thuchu.rounds.evidence import EVENT_EVIDENCE

# Both sides have rated: nobody of another habit is missing.
_BOTH_SIDES_RATED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How the version that stands is seen, and what it misses.

    standing  None where no round has said anything of it yet
    missing   what has yet to come; for its author also what others found wanting
    """

    standing: StandingView | None
    missing: tuple[Missing, ...]

    @property
    def is_rejected(self) -> bool:
        """Did people who usually disagree find it not helpful?"""
        return self.standing is not None and self.standing.status == "not_helpful"


def how_they_stand(notes: Sequence[NoteView]) -> dict[int, Stands]:
    """By the note's number, withdrawn ones included, of which nothing is said.  One query."""
    found = standings([note.number for note in notes])
    return {note.number: how_it_stands(note, found.get(note.number)) for note in notes}


def how_it_stands(note: NoteView, standing: StandingView | None) -> Stands:
    """The same of one note, whose `standing` is known."""
    # What a round said of earlier words says nothing of these.
    if standing is None or note.state != "current" or standing.version != note.versions:
        return Stands(standing=None, missing=note.missing)
    return Stands(standing=standing, missing=_left(note.missing, standing))


def _left(missing: tuple[Missing, ...], standing: StandingView) -> tuple[Missing, ...]:
    if standing.status == "helpful":
        return ()
    to_mend = tuple(each for each in missing if each.code == "mend")
    # Where better evidence is missing and no people, the rule's own sentence says so.
    if standing.status == "not_helpful" or standing.rule == EVENT_EVIDENCE:
        return to_mend
    return (Missing(code="needs_most"), *to_mend) if standing.rule == _BOTH_SIDES_RATED else missing
