"""Pictures and other files that somebody sends: counted, never kept, not even in a scratch file (rule 2)."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# A phone's picture fits, so that its sender reads our answer; a film would only fill the line.
UPLOAD_BYTES_MAX = 20 * 1024 * 1024


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
