"""What papers are called, on pages and as files."""

from collections.abc import Mapping

from thuchu.desk.marking import gettext_noop

TITLES = {
    "report": gettext_noop("Report"),
    "minutes": gettext_noop("Minutes"),
    "conclusions": gettext_noop("Conclusions"),
    "register": gettext_noop("Commitment register"),
}
# Under the name of the review: a folder full of them is found again.
FILE_NAMES: Mapping[str, Mapping[str, str]] = {
    "vi": {"report": "bao-cao", "minutes": "bien-ban", "conclusions": "ket-luan", "register": "cam-ket"},
    "en": {"report": "report", "minutes": "minutes", "conclusions": "conclusions", "register": "commitments"},
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
