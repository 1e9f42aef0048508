"""Why no evidence came of it: one class a reason, each a sentence for the contributor with a next step.

A sentence is a translatable message and its values, so that a page can say it in the reader's language; `str()` is the
English one, for logs and developers.  Values never hold a whole address: its query may name a person.
"""

from typing import ClassVar


def gettext_noop(message: str) -> str:
    """Marks `message` for translation by the page that shows it."""
    return message


class EvidenceRefused(Exception):
    """Nothing was kept; `message % values` says what happened and what the contributor can do."""

    message: ClassVar[str] = ""

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class FetchRefused(EvidenceRefused):
    """The page was not fetched."""


class NotAWebAddress(FetchRefused):
    """Unreadable, or of another scheme than http and https."""

    message = gettext_noop(
        "This is no address of a web page: it begins with http:// or https:// and a name. "
        "Check the link, or upload a copy of the page."
    )


class HasCredentials(FetchRefused):
    """A name or password stands before the host."""

    message = gettext_noop(
        "The address holds a name or password before “@”, and evidence must open for everybody. "
        "Take that part out, or upload a copy of the page."
    )


class PortRefused(FetchRefused):
    """Another port than 80 or 443: `port`."""

    message = gettext_noop(
        "The address asks for port %(port)s, and we only open the usual ones of the web, 80 and 443. "
        "Upload a copy of the page instead."
    )


class PlaceRefused(FetchRefused):
    """The host, or what its name stands for, is no place on the public network."""

    message = gettext_noop(
        "“%(host)s” is no place on the public web, so nobody else could open this evidence. "
        "Give a public address, or upload a copy of the page."
    )


class NameUnknown(FetchRefused):
    """The name service knows no such host."""

    message = gettext_noop(
        "No site answers to the name “%(host)s”. Check the spelling; if it opens for you, upload a copy of the page."
    )


class NotReached(FetchRefused):
    """The connection was refused or broke."""

    message = gettext_noop("We could not reach “%(host)s”. Try again in a few minutes, or upload a copy of the page.")


class CertificateRefused(FetchRefused):
    """The site could not prove its name."""

    message = gettext_noop(
        "“%(host)s” could not prove that it is the site it says it is (its certificate does not fit). "
        "Look for another source, or upload a copy of the page."
    )


class TooManyRedirects(FetchRefused):
    """More redirects than `most`."""

    message = gettext_noop(
        "The address sends its readers on more than %(most)s times. "
        "Open it yourself and paste the address of the last page, or upload a copy."
    )


class TookTooLong(FetchRefused):
    """Not complete after `seconds`."""

    message = gettext_noop(
        "The page did not arrive within %(seconds)s seconds. Try again later, or upload a copy of it."
    )


class TooLarge(FetchRefused):
    """More than `megabytes`, as sent or unpacked."""

    message = gettext_noop("The page is larger than %(megabytes)s MB. Upload a copy of the part that matters.")


class TypeRefused(FetchRefused):
    """Neither HTML, plain text, PDF nor a picture that we read."""

    message = gettext_noop(
        "What the address gives is no web page, plain text, PDF, JPEG, PNG or WebP picture. "
        "Upload a copy in one of these forms."
    )


class NotServed(FetchRefused):
    """The site answered with another status than 200: `status`."""

    message = gettext_noop(
        "The site did not give us the page (its answer was %(status)s). If it opens for you, upload a copy of it."
    )


class AnswerBroken(FetchRefused):
    """The answer breaks the rules of HTTP, ends early, or has too many headers."""

    message = gettext_noop(
        "The site's answer came broken or incomplete. Try again in a few minutes, or upload a copy of the page."
    )


class ReadRefused(EvidenceRefused):
    """The file arrived and could not be read."""


class FileTooLarge(ReadRefused):
    """More than `megabytes`."""

    message = gettext_noop("The file is larger than %(megabytes)s MB. Upload the part that matters.")


class NotReadable(ReadRefused):
    """The file is not what it says it is, or is damaged or locked."""

    message = gettext_noop(
        "The file could not be read: it is damaged, locked with a password, or of another kind than it says. "
        "Save it anew, or make a picture of the part that matters, and upload that."
    )


class PictureTooLarge(ReadRefused):
    """More pixels than `megapixels` million."""

    message = gettext_noop(
        "The picture has more than %(megapixels)s million points. Make it smaller, or cut out the part that matters."
    )


class ReaderStopped(ReadRefused):
    """The reader process came to its limits of memory or time, or fell over."""

    message = gettext_noop(
        "Reading the file took more time or memory than we allow, so we stopped. "
        "Make a picture of the part that matters, and upload that."
    )


class SnapshotRefused(EvidenceRefused):
    """A capture cannot be given back as it was kept."""


class SnapshotMissing(SnapshotRefused):
    """No file under this digest."""

    message = gettext_noop(
        "The kept copy %(digest)s is not in the desk's folder. Restore it from a backup, or capture the page again."
    )


class SnapshotDamaged(SnapshotRefused):
    """The file's bytes have another digest than its name."""

    message = gettext_noop(
        "The kept copy %(digest)s is no longer what was kept. Restore it from a backup, or capture the page again."
    )


class QuoteRefused(EvidenceRefused):
    """The chosen sentence cannot be anchored."""


class QuoteEmpty(QuoteRefused):
    """No letter in it."""

    message = gettext_noop("Choose the sentence of the page that matters: copy it from there and paste it here.")


class QuoteTooLong(QuoteRefused):
    """More than `most` characters: `got`."""

    message = gettext_noop(
        "The quote has %(got)s characters, we keep at most %(most)s. Choose the one or two sentences that matter."
    )


class QuoteNotFound(QuoteRefused):
    """The text holds neither the quote nor anything like it."""

    message = gettext_noop(
        "We did not find this sentence on the page as we received it. "
        "Copy it from the page, or upload a copy that shows it."
    )
