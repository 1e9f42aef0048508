"""A publisher's site that has another address now: what it said stands there, and nothing of it was taken back.

For the demo, whose sample is published at the desk's own address: it listens where its machine lets it.
"""

from urllib.parse import urlsplit

from django.db import transaction

from thuchu.desk.library.exporting import record_of
from thuchu.desk.library.importing import address_key, stored_digest
from thuchu.desk.library.models import FactCheck
from thuchu.desk.library.publishers import host_of, is_on
from thuchu.desk.library.reads import admitted_hosts, last_change


def move(publisher_name: str, *, to: str) -> int:
    """Let a publisher's current records stand below `to`, at the path they have; gives back how many moved.

    Their names stay, no past version is kept and no entry written: what they say, and who said it, is the same.  A
    record stays where it is when `to` is on no admitted host, since it would answer nobody there (rule 5), and when
    another one stands there already.
    """
    if not is_on(host_of(to), admitted_hosts()):
        return 0
    with transaction.atomic():
        rows = FactCheck.objects.filter(publisher__name=publisher_name, state=FactCheck.CURRENT).order_by("pk")
        elsewhere = [row for row in rows.select_related("publisher") if not row.url.startswith(f"{to}/")]
        return sum(_stands_at(row, to + urlsplit(row.url).path) for row in elsewhere)


def _stands_at(row: FactCheck, url: str) -> bool:
    key = address_key(url)
    if FactCheck.objects.filter(url_key=key, claim_digest=row.claim_digest).exists():
        return False
    row.url, row.url_key = url, key
    row.content_digest = stored_digest(record_of(row))
    # So that the index learns the address by which a message may name it.
    row.change = last_change() + 1
    row.save()
    return True
