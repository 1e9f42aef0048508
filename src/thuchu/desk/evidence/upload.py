"""A copy that a contributor uploads where the desk cannot fetch: marked as one, read as carefully as any foreign file.

What the file is, its first bytes say; name and ending are believed in nothing.  A picture is made anew, so that the
place its camera wrote into it is never kept.  An uploaded copy is not looked at again: what the desk would get from
its address says nothing about it.
"""

import re
from datetime import datetime
from pathlib import Path

from django.db import transaction

from thuchu.desk.evidence.addresses import read_target
from thuchu.desk.evidence.capture import NO_WORDS, Origin, Words, prepare, store
from thuchu.desk.evidence.models import UPLOAD_NAME_CHARS_MAX, UPLOADED
from thuchu.desk.evidence.refusals import TypeRefused, UploadUnnamed
from thuchu.desk.evidence.sources import Place, place_of
from thuchu.privacy import CleanText, require_clean

_BEGINNINGS = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
# A page that says nothing of the kind in so many bytes was not saved by a browser.
_HEAD_BYTES = 4_096
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# The first thing of a saved page: its doctype or its root, after notes such as "saved from url".
_PAGE = re.compile(r"(?:\s|<!--.*?-->|<\?xml[^>]{0,200}\?>)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)


def capture_upload(
    body: bytes,
    name: CleanText,
    quote: CleanText,
    *,
    by: int,
    now: datetime,
    home: Path,
    address: str = "",
    description: CleanText = NO_WORDS,
) -> int:
    """Keep an uploaded page, PDF or picture, and anchor `quote` in it; gives back the evidence's number.

    name         of the file, as the contributor has it: others see it, scrubbed
    address      where the contributor says it stood; "" where they don't
    description  for a picture, or a document of pictures: what it shows
    raises       EvidenceRefused with what to do instead; then no row was written
    """
    shown_name = " ".join(require_clean(name).text.split())[:UPLOAD_NAME_CHARS_MAX]
    if not shown_name:
        raise UploadUnnamed
    origin = Origin(place=_place(address), how=UPLOADED, upload_name=shown_name)
    words = Words(quote=quote, description=description)
    prepared = prepare(body, media_type_of(body), "", words, home=home, origin=origin)
    with transaction.atomic():
        return store(prepared, by=by, now=now)


def media_type_of(body: bytes) -> str:
    """What kind of file the bytes are, by their beginning; raises TypeRefused for any kind that isn't read.

    A file that is two kinds at once is the one it begins as: the other one is never looked at.
    """
    for beginning, media_type in _BEGINNINGS:
        if body.startswith(beginning):
            return media_type
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    if _PAGE.match(_letters(body[:_HEAD_BYTES])):
        return "text/html"
    raise TypeRefused


def _letters(head: bytes) -> str:
    """The beginning as text: what no letters are, isn't any page's."""
    if head.startswith(_UTF16_MARKS):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return ""
    return head.decode("utf-8-sig", "replace")


def _place(address: str) -> Place | None:
    if not address.strip():
        return None
    # No page of somebody's own network: nobody else could ever compare.
    read_target(address)
    return place_of(address)
