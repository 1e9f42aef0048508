"""What of a text is seen: every check and every format of a document goes by this."""

import re

from thuchu.text.forms import normalise

# Code points that no text may hold in XML, which DOCX is made of.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


def plain(text: str) -> str:
    """In NFC, one kind of line end, without what isn't seen and what a file can't hold; "" where nothing is left."""
    return _NO_CHARACTERS.sub("\ufffd", normalise(text))
