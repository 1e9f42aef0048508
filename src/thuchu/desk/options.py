"""The one table of what an operator may set: name, kind, default, bounds and a sentence; read once, by `settings`.

A wrong value stops the start and says the name, the value and what is allowed.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from thuchu.desk import databases
from thuchu.desk.marking import gettext_noop


class WrongOption(SystemExit):
    """An option that cannot be used; the message is for the operator, so it leaves without a traceback."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing an operator may set through the environment."""

    name: str
    read: Callable[[str], Any]
    default: str
    allowed: str
    help: str
    # Holds a password: no message and no page repeats what was given.
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes our mail. Printed it says neither who signs in there nor how."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.host}:{self.port} ({self.security})"


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not lowest <= value <= highest:
            raise ValueError
        return value

    return read


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise ValueError
    # A port that is no number is seen only when it is read.
    if parts.port == 0:
        raise ValueError
    return text.rstrip("/")


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _optional_folder(text: str) -> Path | None:
    return _folder(text) if text else None


def _line(text: str) -> str:
    if not text.strip() or len(text) > 60 or "\n" in text:
        raise ValueError
    return text.strip()


_SCHEMES: Mapping[str, tuple[Literal["starttls", "tls", "none"], int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("none", 25),
}


def _mail_server(text: str) -> MailServer | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError
    if parts.query or parts.fragment:
        raise ValueError
    security, usual = _SCHEMES[parts.scheme]
    port = usual if parts.port is None else parts.port
    if port == 0:
        raise ValueError
    return MailServer(parts.hostname, port, security, unquote(parts.username or ""), unquote(parts.password or ""))


def _sender(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,180}", text):
        raise ValueError
    return text


OPTIONS: tuple[Option, ...] = (
    Option("THUCHU_HOME", _folder, "./thuchu-data", "a folder", gettext_noop("Where everything the desk keeps lives.")),
    Option(
        "THUCHU_DATABASE_URL",
        databases.address,
        "",
        databases.ALLOWED,
        gettext_noop("PostgreSQL in place of the home's own database file; the rest stays in the home."),
    ),
    Option(
        "THUCHU_ADDRESS",
        _address,
        "http://127.0.0.1:8000",
        "http(s)://host[:port] without a path",
        gettext_noop("The address people reach the desk at; links in answers begin with it."),
    ),
    Option(
        "THUCHU_NAME",
        _line,
        "Thực Hư",
        "one line of at most 60 characters",
        gettext_noop("What the desk calls itself."),
    ),
    Option("THUCHU_WORKERS", _whole(1, 64), "2", "1 to 64", gettext_noop("Server processes of `thuchu serve`.")),
    Option(
        "THUCHU_MESSAGE_CHARS_MAX",
        _whole(200, 20_000),
        "5000",
        "200 to 20000",
        gettext_noop("Longest message accepted, in characters."),
    ),
    Option(
        "THUCHU_CHECKS_PER_MINUTE",
        _whole(1, 100_000),
        "20",
        "1 to 100000",
        gettext_noop("Messages one address may send a minute, over all server processes."),
    ),
    Option(
        "THUCHU_KEEP_DAYS",
        _whole(1, 3650),
        "180",
        "1 to 3650",
        gettext_noop("Days a question is kept after its last answer; then it is erased."),
    ),
    Option(
        "THUCHU_TRUSTED_PROXIES",
        _whole(0, 5),
        "0",
        "0 to 5",
        gettext_noop(
            "How many proxies of yours stand before the desk; the limit a minute then counts who stands before them."
        ),
    ),
    Option(
        "THUCHU_ENCODER",
        _optional_folder,
        "",
        "a folder made by `thuchu semantic build`, or nothing",
        gettext_noop("Optional model for matching English by meaning."),
    ),
    Option(
        "THUCHU_SMTP_URL",
        _mail_server,
        "",
        "smtp://, smtps:// or smtp+plain://[user:password@]host[:port], or nothing",
        gettext_noop(
            "The server that takes our mail: smtp (STARTTLS), smtps (TLS), smtp+plain (a relay on this machine). "
            "Without one no page asks for an e-mail address."
        ),
        is_secret=True,
    ),
    Option(
        "THUCHU_MAIL_FROM",
        _sender,
        "",
        "an e-mail address, or nothing",
        gettext_noop("Whom our mail comes from; unless said, thuchu@ and the desk's host."),
    ),
)


def host_of(address: str) -> str:
    """The host of an address as browsers compare it: lower case, A-labels."""
    host = urlsplit(address).hostname or ""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def origin_of(address: str) -> str:
    """The origin of an address as browsers write it: the usual port left out."""
    parts = urlsplit(address)
    host = host_of(address)
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def read_options(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every option's value by name; raises WrongOption for a value that is not allowed."""
    environment = os.environ if environment is None else environment
    values = {}
    for option in OPTIONS:
        text = environment.get(option.name, option.default)
        try:
            values[option.name] = option.read(text)
        except ValueError:
            shown = "…" if option.is_secret else databases.shown(text)
            said = f"{option.name}={shown}: must be {option.allowed}"
            raise WrongOption(f"{said}; leave it out for {option.default or 'nothing'}") from None
    if databases.is_driver_missing(values["THUCHU_DATABASE_URL"]):
        raise WrongOption("THUCHU_DATABASE_URL names a PostgreSQL server: pip install 'thuchu[postgres]'")
    return values
