"""What may be wrong with a document: each error says where in it, and what to do."""


class DocumentError(Exception):
    """Anything that keeps a document from being made."""


class DocumentRefused(DocumentError):
    """The tree lacks something without which somebody couldn't read the document."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where
        self.what = what


class NotDrawn(DocumentError):
    """The typesetter refused the whole document, for a reason that is ours to mend."""
