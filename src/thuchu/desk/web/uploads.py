"""Pictures and other files that somebody sends: counted, never kept, not even in a scratch file (rule 2).

The one page that takes a copy of a source as evidence says so itself (`takes_a_file`); there it is held in memory for
as long as the request takes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

# A phone's picture fits, so that its sender reads our answer; a film would only fill the line.
UPLOAD_BYTES_MAX = 20 * 1024 * 1024
# One byte more than evidence keeps, so that the room sees that it is too much and says so with what was typed kept.
COPY_BYTES_MAX = 10 * 1024 * 1024 + 1

View = Callable[..., HttpResponse]


class NothingKept(FileUploadHandler):
    """Reads a file to its end and forgets it; `request.FILES` then names an empty one."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django's own name for it)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse what is too large before reading it."""
        if content_length > UPLOAD_BYTES_MAX:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Forget the chunk, and hand it to nobody after us."""

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """An empty file in place of the one that was sent."""
        return SimpleUploadedFile("file", b"")


class HeldInMemory(NothingKept):
    """The first file of a form, up to COPY_BYTES_MAX of it, for as long as the request lasts; others are forgotten."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._held = bytearray()
        self._is_first = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold what fits."""
        if self._is_first:
            self._held += raw_data[: COPY_BYTES_MAX - len(self._held)]

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """The file under the name that its sender's browser gave."""
        body = bytes(self._held) if self._is_first else b""
        self._held.clear()
        self._is_first = False
        return SimpleUploadedFile(self.file_name or "file", body)


def takes_a_file(guard: Callable[[View], View]) -> Callable[[View], View]:
    """The view takes one file, of those whom `guard` lets on: nobody else's is read at all.

    The form's token stands in the body, so it is checked after the handler was chosen, and after the guard.
    """

    def decorate(view: View) -> View:
        checked = csrf_protect(view)

        @wraps(view)
        def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.upload_handlers = [HeldInMemory(request)]
            return checked(request, *args, **kwargs)

        return csrf_exempt(guard(chosen))

    return decorate
