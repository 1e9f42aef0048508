"""Publishers, their public host lists, and who may be answered from (rule 5)."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from thuchu.desk.ledger.append import append
from thuchu.desk.library.models import Publisher, PublisherHost
from thuchu.desk.wording import VIET_NAM
from thuchu.links.suffixes import public_suffix
from thuchu.text.folding import fold
from thuchu.text.forms import normalise

NAME_CHARS_MAX = 200
FIRST_DAYS_REASON = "Admitted by the operator while nobody had asked this desk anything yet."
# Letters, digits and hyphens in labels; a single label is allowed only for the desk's own address on a test machine.
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class PublisherRefused(ValueError):
    """A publisher's name or host that cannot be used; the message says which and why."""


class PublishersFrozen(PublisherRefused):
    """On the last day of an election no publisher comes in and no host is admitted; `until` is when it ends."""

    def __init__(self, until: datetime) -> None:
        ends = until.astimezone(VIET_NAM).strftime("%Y-%m-%d %H:%M")
        super().__init__(
            "it is the last day of an election: no publisher is added, given hosts or admitted until its polls close, "
            f"{ends} in Viet Nam; run it again then"
        )
        self.until = until


def find_or_add(name: str, *, frozen_until: datetime | None, now: datetime) -> Publisher:
    """The publisher of that name, in whatever case; a new one is an entry in the ledger.

    frozen_until  when an election's last day ends, as the caller knows from the rooms above; None on any other day
    raises        PublisherRefused; PublishersFrozen for a new one on that day
    """
    name = _clean_name(name)
    key = name.casefold()
    if not fold(key) or len(name) > NAME_CHARS_MAX:
        raise PublisherRefused(f"a publisher's name has 1 to {NAME_CHARS_MAX} characters, this one has {len(name)}")
    with transaction.atomic():
        publisher = find(name)
        if publisher is None:
            if frozen_until is not None:
                raise PublishersFrozen(frozen_until)
            publisher = Publisher.objects.create(name=name, name_key=key)
            append("publisher.added", _subject(publisher), {"name": name}, now=now)
    return publisher


def find(name: str) -> Publisher | None:
    """The publisher of that name in whatever case, or, typed without any accents, the only one it can mean.

    Accents that are typed count: “Tiền Phong” and “Tiên Phong” are two publishers.
    raises  PublisherRefused when a name without accents may mean several
    """
    key = _clean_name(name).casefold()
    exact = Publisher.objects.filter(name_key=key).first()
    if exact or fold(key) != key:
        return exact
    meant = [publisher for publisher in Publisher.objects.order_by("pk") if fold(publisher.name) == key]
    if len(meant) > 1:
        names = " or ".join(publisher.name for publisher in meant)
        raise PublisherRefused(f"“{name}” may mean {names}; write it with its accents")
    return meant[0] if meant else None


def _clean_name(name: str) -> str:
    return " ".join(normalise(name).split())


def add_hosts(
    publisher: Publisher, hosts: Iterable[str], *, admit: bool, frozen_until: datetime | None, now: datetime
) -> list[str]:
    """Put hosts on a publisher's list and give back those that are new there.

    admit   the desk has never been asked anything: its operator may admit its first publishers (rule 5);
            later, hosts join the list without being admitted, and records on them are only suggested
    frozen_until  as of `find_or_add`
    raises  PublisherRefused for what is no host name, or is on somebody else's list; PublishersFrozen
    """
    wanted = [clean_host(host) for host in hosts]
    with transaction.atomic():
        _nobody_elses(publisher, wanted)
        known = {row.host: row for row in PublisherHost.objects.filter(host__in=wanted)}
        new = [host for host in dict.fromkeys(wanted) if host not in known]
        if frozen_until is not None and (new or admit):
            raise PublishersFrozen(frozen_until)
        PublisherHost.objects.bulk_create(
            PublisherHost(publisher=publisher, host=host, added_at=now, admitted_at=now if admit else None)
            for host in new
        )
        if new:
            append("publisher.hosts_added", _subject(publisher), {"hosts": new, "admitted": admit}, now=now)
        if admit:
            _admit(publisher, list(known.values()), now=now)
    return new


def _nobody_elses(publisher: Publisher, wanted: list[str]) -> None:
    """A host, and whatever is above or below it, has one publisher: who else could have published there?"""
    if not wanted:
        return
    for row in PublisherHost.objects.exclude(publisher=publisher).select_related("publisher"):
        for host in wanted:
            if is_on(host, [row.host]) or is_on(row.host, [host]):
                raise PublisherRefused(
                    f"{host} can't be added: {row.host} is on the list of {row.publisher.name}, "
                    "and a host with all below it has one publisher"
                )


def _admit(publisher: Publisher, known: list[PublisherHost], *, now: datetime) -> None:
    waiting = [row.pk for row in known if row.admitted_at is None]
    PublisherHost.objects.filter(pk__in=waiting).update(admitted_at=now)
    if publisher.admitted_at is None or waiting:
        publisher.admitted_at, publisher.admitted_reason = now, FIRST_DAYS_REASON
        publisher.save(update_fields=["admitted_at", "admitted_reason"])
        append("publisher.admitted", _subject(publisher), {"reason": FIRST_DAYS_REASON}, now=now)


def clean_host(text: str) -> str:
    """`text` as a bare host name in lower case; raises PublisherRefused for anything else."""
    host = normalise(text).lower().removeprefix("https://").removeprefix("http://").split("/")[0].split(":")[0]
    host = host.rstrip(".").removeprefix("www.")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:
        raise PublisherRefused(f"“{text[:80]}” is not a host name; write it like example.org") from None
    if not _HOST.fullmatch(host):
        raise PublisherRefused(f"“{text[:80]}” is not a host name; write it like example.org")
    if public_suffix(host) == host:
        raise PublisherRefused(f"under {host} anybody may have a site; name the publisher's own host")
    return host


def is_on(host: str, listed: Iterable[str]) -> bool:
    """Is `host` one of the listed hosts, or below one?"""
    return any(host == entry or host.endswith("." + entry) for entry in listed)


def host_of(url: str) -> str:
    """The host of a record's address as lists write hosts (A-labels, without `www.`); "" when it has none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
        return host.encode("idna").decode()
    except (ValueError, UnicodeError):
        return ""


def _subject(publisher: Publisher) -> str:
    return f"publisher:{publisher.pk}"
