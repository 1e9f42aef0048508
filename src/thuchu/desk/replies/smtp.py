"""The one wire to a mail server: hands over a letter, or says in two words why it couldn't."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from thuchu.desk.options import MailServer

# A server that greets, checks and stores a letter of some kilobytes takes seconds; one that hangs must not hold others.
TIMEOUT_SECONDS = 20
_ENHANCED = re.compile(rb"^(\d\.\d{1,3}\.\d{1,3})\b")
# A mailbox that isn't there. 554 may be about us or about what we write, so it needs a status that says mailbox.
_GONE_CODES = frozenset({550, 551, 553})
_FOR_GOOD, _SHUTTING_DOWN = 500, 421


class Failed(Exception):
    """A letter wasn't taken: `words` are a code and a kind, never what the server said."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NoSuchMailbox(Failed):
    """The server says for good that nobody reads mail at this address."""


class NotNow(Failed):
    """It may be taken another time; `is_server` when no other letter would be taken now either."""

    def __init__(self, words: str, *, is_server: bool) -> None:
        super().__init__(words)
        self.is_server = is_server


class Post(Protocol):
    """Hands letters to a mail server; when it returns, the server has taken the letter.  Raises Failed."""

    def __call__(self, letter: EmailMessage) -> None: ...


@contextmanager
def connected(server: MailServer) -> Iterator[Post]:
    """A `Post` that opens its connection with the first letter and closes it at the end."""
    backend = _backend(server)

    def post(letter: EmailMessage) -> None:
        try:
            # Once opened it stays open for the letters that follow.
            backend.open()
            backend.send_messages([letter])
        except (smtplib.SMTPException, OSError) as error:
            failed = _read(error)
            if isinstance(failed, NotNow) and failed.is_server:
                _close(backend)
            raise failed from None

    try:
        yield post
    finally:
        _close(backend)


def trouble(server: MailServer) -> str:
    """Why the server doesn't let us in; "" when it does."""
    backend = _backend(server)
    try:
        backend.open()
    except (smtplib.SMTPException, OSError) as error:
        return _read(error).words
    finally:
        _close(backend)
    return ""


def _backend(server: MailServer) -> EmailBackend:
    return EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.security == "starttls",
        use_ssl=server.security == "tls",
        timeout=TIMEOUT_SECONDS,
    )


def _close(backend: EmailBackend) -> None:
    with suppress(smtplib.SMTPException, OSError):
        backend.close()
    backend.connection = None


def _read(error: smtplib.SMTPException | OSError) -> Failed:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        words = _words(code, said, "recipient")
        return NoSuchMailbox(words) if _is_gone(code, said) else NotNow(words, is_server=code == _SHUTTING_DOWN)
    if isinstance(error, smtplib.SMTPDataError):
        said = _bytes(error.smtp_error)
        return NotNow(_words(error.smtp_code, said, "letter"), is_server=error.smtp_code == _SHUTTING_DOWN)
    if isinstance(error, smtplib.SMTPResponseException):
        return NotNow(_words(error.smtp_code, _bytes(error.smtp_error), type(error).__name__), is_server=True)
    return NotNow(type(error).__name__, is_server=True)


def _is_gone(code: int, said: bytes) -> bool:
    """Does this answer to a recipient say that there is no such mailbox, not that we may not write to it?"""
    status = _ENHANCED.match(said)
    if status is None:
        return code in _GONE_CODES
    # RFC 3463: X.1.* is about the address, X.2.1 a mailbox that takes nothing any more; X.7.* is policy, so about us.
    return code >= _FOR_GOOD and status[1].startswith((b"5.1.", b"5.2.1"))


def _words(code: int, said: bytes, about: str) -> str:
    status = _ENHANCED.match(said)
    return f"{code} {status[1].decode()} ({about})" if status else f"{code} ({about})"


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode(errors="replace")
