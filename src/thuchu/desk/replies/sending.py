"""Whether this desk can send mail at all, and under which name: what its settings say, for pages and jobs."""

from django.conf import settings

from thuchu.desk.options import MailServer
from thuchu.desk.replies.compose import Letterhead


def server() -> MailServer | None:
    """The mail server; None where the desk has none, and then no page asks for an address."""
    found: MailServer | None = settings.THUCHU_SMTP_URL
    return found


def is_offered() -> bool:
    """May an asker leave an address here?"""
    return server() is not None


def letterhead() -> Letterhead:
    """This desk as its letters name it."""
    sender: str = settings.THUCHU_MAIL_FROM
    host = sender.rpartition("@")[2]
    return Letterhead(name=settings.THUCHU_NAME, address=settings.THUCHU_ADDRESS, sender=sender, host=host)
