"""The guards of all rooms, put back where an upgrade left them off."""

from thuchu.desk.accounts import guards as accounts
from thuchu.desk.claims import guards as claims
from thuchu.desk.commitments import guards as commitments
from thuchu.desk.evidence import guards as evidence
from thuchu.desk.facts import guards as facts
from thuchu.desk.inquiries import guards as inquiries
from thuchu.desk.jobs import guards as jobs
from thuchu.desk.ledger import guards as ledger
from thuchu.desk.notes import guards as notes
from thuchu.desk.publishing import guards as publishing
from thuchu.desk.reviews import guards as reviews

_ROOMS = (accounts, claims, commitments, evidence, facts, inquiries, jobs, ledger, notes, publishing, reviews)


def install_guards(using: str = "default") -> None:
    """Create the triggers of every room that are missing; running it again changes nothing."""
    for room in _ROOMS:
        room.install_guards(using)
