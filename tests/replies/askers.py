"""Askers without a desk around them: a question, an address, and something to tell."""

from thuchu.desk.intake import reads
from thuchu.desk.intake.receive import receive
from thuchu.desk.intake.tellings import Telling
from thuchu.desk.replies import sealing
from thuchu.desk.replies.addresses import confirm, leave_address
from thuchu.desk.replies.models import ReplyAddress
from thuchu.desk.replies.sayings import Saying
from thuchu.desk.replies.send import send_due
from thuchu.desk.replies.sending import letterhead
from thuchu.desk.replies.smtp import connected
from thuchu.desk.replies.writing import owe
from thuchu.privacy import scrub

WAITS = Saying(kind="waiting", claim=1)
CLOSED = Saying(kind="not_a_fact")
ANSWERED = Saying(kind="answer", told=(("f00000000001", "false"),))


def question(now, words="Mèo nhà ai cũng biết nói tiếng người vào đêm rằm tháng tám", *, kind="none"):
    """(number, token) of a question that was asked."""
    telling = Telling(at=now, kind=kind, told=())
    token = receive(scrub(words), door="web", language="vi", page_language="vi", telling=telling, links=(), now=now)
    return reads.number(token), token


def left(now, address="an@thu.example", *, language="vi", knows=WAITS):
    """Number of a question whose asker left an address."""
    number, token = question(now)
    leave_address(number, token, address, knows=knows, language=language, now=now)
    return number


def link_of(number, purpose="confirm"):
    return sealing.link_token(ReplyAddress.objects.get(submission=number).nonce, purpose)


def confirmed(now, address="an@thu.example", **more):
    """Number of a question whose asker left an address and confirmed it; the letter that asked was not sent."""
    number = left(now, address, **more)
    confirm(link_of(number), now=now)
    return number


def owed(now, address="an@thu.example", saying=CLOSED):
    """The same, and something has changed."""
    number = confirmed(now, address)
    assert owe(number, saying, now=now)
    return number


def send(office, now):
    with connected(office.server) as post:
        return send_due(post, letterhead(), now=lambda: now)
