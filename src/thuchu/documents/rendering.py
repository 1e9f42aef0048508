"""One document as the bytes of one format.

What makes PDF and DOCX is taken in only where it is needed: 80 MB and 15 MB that no page and no command should carry.
"""

from thuchu.documents import csv_file, html
from thuchu.documents.tree import Document, Format


def render(document: Document, format: Format) -> bytes:
    """The file; the same bytes for the same document.  Raises DocumentError."""
    match format:
        case "html":
            return html.render(document)
        case "csv":
            return csv_file.render(document)
        case "pdf":
            from thuchu.documents import pdf

            return pdf.render(document)
        case "docx":
            from thuchu.documents import docx

            return docx.render(document)
