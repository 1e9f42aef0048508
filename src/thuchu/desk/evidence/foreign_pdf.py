"""Reads PDF files, in the child process of `reader`: title and text, a line a line."""

import codecs
import sys
from typing import Any

import pypdfium2

from thuchu.desk.evidence.reader import NotReadable, answer

PAGES_MAX = 500


def warm_up() -> None:
    """Opens what the first page opens, the machine's fonts and a codec, while opening is still possible."""
    codecs.lookup("utf-16-le")
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100).get_textpage().get_text_range()
    document.close()


def read_pdf(body: bytes, _charset: str) -> dict[str, Any]:
    """Title and text of a PDF; no text where its pages are pictures."""
    try:
        document = pypdfium2.PdfDocument(body)
        pages = [_pdf_page(document, number) for number in range(min(len(document), PAGES_MAX))]
        title = document.get_metadata_dict().get("Title", "")
    except pypdfium2.PdfiumError:
        raise NotReadable from None
    text = "\n".join(pages)
    return {"title": title.strip() or text.strip().partition("\n")[0], "text": text.strip()}


def _pdf_page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    lines = page.get_textpage().get_text_range().replace("\ufffe", "").splitlines()
    page.close()
    return "\n".join(line.rstrip() for line in lines)


READERS = {"application/pdf": read_pdf}

if __name__ == "__main__":
    sys.exit(answer(READERS, warm_up))
