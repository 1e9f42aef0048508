"""The door: one file in, one outcome after the other out, in constant memory for JSON lines and tables.

What a file is, is decided by its content, then by its name.  Nothing a file holds raises an exception; a file that
can't be opened or is none of our formats is a single refusal that says what to do.
"""

import codecs
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from thuchu.claimreview import jsonld, pages, tables
from thuchu.claimreview.building import deletion_date, record_of, web_address
from thuchu.claimreview.elements import BEFORE_TEXT, Broken, Opening, elements, opening_of
from thuchu.claimreview.json_text import NotJson, parse, parse_script
from thuchu.claimreview.limits import DOCUMENT_BYTES_MAX, HEAD_BYTES, LINE_CHARS_MAX, UNPACKED_BYTES_MAX
from thuchu.claimreview.outcomes import Outcome, Refusal, Refused, Row, Withdrawal

Format = Literal["document", "lines", "page", "table", ""]

_NOT_UTF8 = (
    "isn't UTF-8; the file was probably saved as Windows-1258 or Windows-1252: save it as UTF-8 and import again"
)
_LEFT_OVER_BYTES = re.compile("[\udc80-\udcff]")
_LINES_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines")
# First bytes of what people send in place of a text file.
_OTHER_KINDS = {
    b"PK\x03\x04": "is a zip archive or a spreadsheet; unpack it, or save the sheet as CSV (UTF-8)",
    b"%PDF": "is a PDF; export the data as CSV or JSON",
    b"PAR1": "is Parquet; export it as JSON lines",
    b"\xfd7zXZ": "is packed with xz; unpack it, or pack it with gzip",
    b"BZh": "is packed with bzip2; unpack it, or pack it with gzip",
    b"\x28\xb5\x2f\xfd": "is packed with zstd; unpack it, or pack it with gzip",
    b"SQLite format 3": "is an SQLite database; export it as CSV or JSON lines",
    b"\xd0\xcf\x11\xe0": "is an old spreadsheet or document; save it as CSV (UTF-8)",
}


def read_file(path: Path) -> "Reading":
    """The outcomes of the file at `path`; a file that can't be opened gives one refusal."""
    try:
        return Reading(path.open("rb"), name=str(path), size_bytes=path.stat().st_size)
    except OSError as error:
        reason = f"can't be opened ({(error.strerror or 'unknown reason').lower()}); check the path and who may read it"
        return Reading(io.BytesIO(), name=str(path), size_bytes=0, unopened=reason)


class Reading:
    """The outcomes of one file, in its order, to be iterated once; closes the file at the end.

    bytes_total  the file's size as it lies on disk
    bytes_read   how much of that was taken so far: what a progress bar shows
    format       what the file turned out to be, once iteration has begun; "" when none of ours
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        name: str,
        size_bytes: int,
        unopened: str = "",
        unpacked_bytes_max: int = UNPACKED_BYTES_MAX,
    ) -> None:
        self.name = name
        self.bytes_total = size_bytes
        self.format: Format = ""
        self._stream = stream
        self._packed = _Metered(stream)
        self._unopened = unopened
        self._unpacked_bytes_max = unpacked_bytes_max
        self._outcomes = self._read()

    @property
    def bytes_read(self) -> int:
        return self._packed.bytes_read

    def __iter__(self) -> Iterator[Outcome]:
        return self._outcomes

    def _read(self) -> Iterator[Outcome]:
        if self._unopened:
            yield self._refusal(self._unopened)
            return
        with self._stream:
            try:
                yield from self._read_unpacked(self._unpacked())
            except _TooMuch:
                size = f"{self._unpacked_bytes_max:,} bytes"
                yield self._refusal(f"unpacks to more than {size}; what stands before was read, split the rest")
            except (OSError, EOFError, zlib.error):
                yield self._refusal("is damaged or cut off; what stands before was read, fetch the file again")
            except UnicodeError:
                yield self._refusal("isn't the UTF-16 or UTF-32 it says it is; save it as UTF-8 and import again")

    def _unpacked(self) -> io.BufferedReader:
        packed = io.BufferedReader(self._packed, HEAD_BYTES)
        is_gzip = packed.peek(2)[:2] == b"\x1f\x8b"
        content: io.BufferedIOBase = gzip.GzipFile(fileobj=packed) if is_gzip else packed
        return io.BufferedReader(_Metered(content, self._unpacked_bytes_max), HEAD_BYTES)

    def _read_unpacked(self, content: io.BufferedReader) -> Iterator[Outcome]:
        beginning = content.peek(HEAD_BYTES)[:HEAD_BYTES]
        other = next((reason for start, reason in _OTHER_KINDS.items() if beginning.startswith(start)), "")
        if other:
            yield self._refusal(other)
            return
        encoding = _encoding_of(beginning)
        # The last character may be cut in two: an incremental decoder keeps it back.
        head = codecs.getincrementaldecoder(encoding)("replace").decode(beginning).lstrip(BEFORE_TEXT)
        if not head:
            yield self._refusal("is empty; nothing was read")
            return
        self.format = _format_of(head, self.name)
        opening = opening_of(head) if self.format == "document" else None
        if opening:
            yield from self._read_elements(content, encoding, opening)
        elif self.format in ("document", "page"):
            yield from self._read_whole(content, encoding)
        else:
            yield from self._read_by_line(content, encoding, head)

    def _read_elements(self, content: io.BufferedReader, encoding: str, opening: Opening) -> Iterator[Outcome]:
        text = io.TextIOWrapper(content, encoding, _errors_for(encoding))
        found = False
        for number, written, element in elements(text, opening):
            found = True
            path = f"{opening.name}[{number}]"
            if isinstance(element, Broken):
                yield self._refusal(element.reason, path=path)
            elif _LEFT_OVER_BYTES.search(written):
                yield self._refusal(_NOT_UTF8, path=path)
            else:
                yield from jsonld.outcomes_of_element(element, file=self.name, path=path)
        if not found:
            yield self._refusal("is an empty list; nothing was read")

    def _read_whole(self, content: io.BufferedReader, encoding: str) -> Iterator[Outcome]:
        raw = content.read(DOCUMENT_BYTES_MAX + 1)
        if len(raw) > DOCUMENT_BYTES_MAX:
            yield self._refusal(
                f"is longer than {DOCUMENT_BYTES_MAX:,} bytes; turn it into JSON lines, one record a line"
            )
            return
        text = raw.decode(encoding, _errors_for(encoding))
        yield from self._read_page(text) if self.format == "page" else self._read_document(text)

    def _read_document(self, text: str) -> Iterator[Outcome]:
        damaged = _LEFT_OVER_BYTES.search(text)
        if damaged:
            yield self._refusal(_NOT_UTF8, line=text.count("\n", 0, damaged.start()) + 1)
            return
        try:
            document = parse(text)
        except NotJson as problem:
            yield self._refusal(f"{problem.reason}; nothing of it was read", line=problem.line)
            return
        yield from jsonld.outcomes_of_element(document, file=self.name)

    def _read_page(self, text: str) -> Iterator[Outcome]:
        found = False
        for block in pages.blocks(text):
            for outcome in self._read_block(block):
                found = True
                yield outcome
        if not found:
            yield self._refusal("holds no ClaimReview in JSON-LD; microdata and RDFa aren't read")

    def _read_block(self, block: pages.Block) -> Iterator[Outcome]:
        if _LEFT_OVER_BYTES.search(block.text):
            yield self._refusal(_NOT_UTF8, line=block.line)
            return
        try:
            document = parse_script(block.text)
        except NotJson as problem:
            yield self._refusal(
                f"{problem.reason}; this block of the page wasn't read", line=block.line + problem.line - 1
            )
            return
        yield from jsonld.outcomes_in(document, file=self.name, line=block.line)

    def _read_by_line(self, content: io.BufferedReader, encoding: str, head: str) -> Iterator[Outcome]:
        # Old programs end lines with a carriage return alone; elsewhere that stands inside a cell.
        line_end = "\r" if "\r" in head and "\n" not in head else "\n"
        text = io.TextIOWrapper(content, encoding, _errors_for(encoding), newline=line_end)
        lines = _lines_of(text, line_end)
        yield from self._read_lines(lines) if self.format == "lines" else self._read_table(lines)

    def _read_lines(self, lines: Iterator[str | tables.BadRow]) -> Iterator[Outcome]:
        for number, line in enumerate(lines, 1):
            if isinstance(line, tables.BadRow):
                yield self._refusal(line.reason, line=number)
            elif line.strip(BEFORE_TEXT):
                yield from self._read_line(line, number)

    def _read_line(self, line: str, number: int) -> Iterator[Outcome]:
        try:
            document = parse(line)
        except NotJson as problem:
            yield self._refusal(f"{problem.reason}; each line must be one whole object", line=number)
            return
        yield from jsonld.outcomes_of_element(document, file=self.name, line=number)

    def _read_table(self, lines: Iterator[str | tables.BadRow]) -> Iterator[Outcome]:
        first = next(lines, "")
        if isinstance(first, tables.BadRow):
            self.format = ""
            yield self._refusal(first.reason, line=1)
            return
        header = tables.header_of(first.lstrip("\ufeff\0"))
        if header is None:
            self.format = ""
            yield self._refusal(
                "is neither JSON, nor a page, nor a table whose first line names a url and a claim column; "
                "docs/formats.md lists what can be read",
                line=1,
            )
            return
        for number, cells in tables.rows(lines, header):
            yield self._read_row(cells, header, number)

    def _read_row(self, cells: list[str] | tables.BadRow, header: tables.Header, number: int) -> Outcome:
        if isinstance(cells, tables.BadRow):
            return self._refusal(cells.reason, line=number)
        draft = tables.draft_of(cells, header)
        try:
            if draft.date_deleted.strip() and not draft.claim.strip():
                day = deletion_date(draft.date_deleted)
                return Withdrawal(url=web_address(draft.url), date_deleted=day, line=number)
            record, remarks = record_of(draft)
        except Refused as refused:
            return self._refusal(refused.reason, line=number, field=refused.field)
        return Row(record=record, line=number, remarks=tuple(remarks))

    def _refusal(self, reason: str, *, line: int | None = None, path: str = "", field: str = "") -> Refusal:
        return Refusal(file=self.name, reason=reason, line=line, path=path, field=field)


class _TooMuch(Exception):
    """More bytes came out of a file than its limit."""


class _Metered(io.RawIOBase):
    """A stream that counts its bytes and stops at a limit."""

    def __init__(self, source: BinaryIO | io.BufferedIOBase, bytes_max: int | None = None) -> None:
        self._source = source
        self._bytes_max = bytes_max
        self.bytes_read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        taken = self._source.read(len(buffer))
        buffer[: len(taken)] = taken
        self.bytes_read += len(taken)
        if self._bytes_max is not None and self.bytes_read > self._bytes_max:
            raise _TooMuch
        return len(taken)


def _encoding_of(beginning: bytes) -> str:
    if beginning.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: Latin letters in UTF-16 are every second byte zero.
    sample = beginning[:1000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(sample) >= 4 and zeros.count(0) * 2 > len(zeros) and sample.count(0) * 10 < len(sample) * 6:
            return encoding
    return "utf-8"


def _errors_for(encoding: str) -> str:
    # Bytes that are no UTF-8 are carried on as lone surrogates and refused where they stand, not with the whole file.
    return "surrogateescape" if encoding == "utf-8" else "strict"


def _format_of(head: str, name: str) -> Format:
    if head.startswith("<"):
        return "page"
    if head.startswith("["):
        return "document"
    if head.startswith("{"):
        return "lines" if _are_json_lines(head, name) else "document"
    return "table"


def _are_json_lines(head: str, name: str) -> bool:
    """Whether each line is an object of its own: the first is one and more follow, or most are, or the name says so."""
    first, _, rest = head.partition("\n")
    if rest.strip() and _is_whole_object(first):
        return True
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    whole = sum(1 for line in lines if line.startswith("{") and line.endswith("}"))
    named = name.lower().removesuffix(".gz").endswith(_LINES_SUFFIXES)
    return len(lines) > 1 and (whole * 2 > len(lines) or (named and first.strip() != "{"))


def _is_whole_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line, parse_int=str), dict)
    except (ValueError, RecursionError):
        return False


def _lines_of(text: io.TextIOWrapper, line_end: str) -> Iterator[str | tables.BadRow]:
    """Each line with its end; one that is too long, or no UTF-8, as a `BadRow`."""
    while line := text.readline(LINE_CHARS_MAX + 1):
        if len(line) > LINE_CHARS_MAX:
            while line and not line.endswith(line_end):
                line = text.readline(LINE_CHARS_MAX)
            yield tables.BadRow(f"is longer than {LINE_CHARS_MAX:,} characters; shorten it")
        elif _LEFT_OVER_BYTES.search(line):
            yield tables.BadRow(_NOT_UTF8)
        else:
            yield line
