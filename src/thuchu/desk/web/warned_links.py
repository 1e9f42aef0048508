"""Addresses in what people wrote here, against the lists of scam sites: as of now, however old the words are.

A note may have to name the address of a scam, since the scam is its subject.  So nothing is refused: such an address is
never a link, and stands beside the warning that whoever asks about it gets, too.
"""

from django.conf import settings
from django.http import HttpRequest

from thuchu.desk.library.link_lists import Lists, lists_now
from thuchu.desk.notes.reads import NoteView
from thuchu.links import LinkWarning

_KEPT = "_thuchu_lists"


def lists_of(request: HttpRequest) -> Lists:
    """The lists as this request sees them; read once a request, however many notes its page shows."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, lists_now(settings.THUCHU_HOME))
    known: Lists = getattr(request, _KEPT)
    return known


def warnings_of(request: HttpRequest, note: NoteView) -> tuple[LinkWarning, ...]:
    """What there is to say of a note's addresses, those of its evidence included, each once."""
    texts = [note.text, *(address for piece in note.evidence for address in (piece.address, piece.moved_to) if address)]
    found = {each.canonical: each for text in texts for each in lists_of(request).warnings_in(text)}
    return tuple(found.values())
