"""Why no evidence came of it: one class a reason, each a sentence for the contributor with a next step.

A sentence is a translatable message and its values, so that a page can say it in the reader's language; `str()` is the
English one, for logs and developers.  Values never hold a whole address: its query may name a person.  `code` stands
in rows and answers of the API: it is never renamed.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class EvidenceRefused(Exception):
    """Nothing was kept; `message % values` says what happened and what the contributor can do."""

    code: ClassVar[str] = ""
    message: ClassVar[str] = ""

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class FetchRefused(EvidenceRefused):
    """The page was not fetched."""


class NotAWebAddress(FetchRefused):
    """Unreadable, or of another scheme than http and https."""

    code = "not_a_web_address"
    message = gettext_noop(
        "This is no address of a web page: it begins with http:// or https:// and a name. "
        "Check the link, or upload a copy of the page."
    )


class HasCredentials(FetchRefused):
    """A name or password stands before the host."""

    code = "has_credentials"
    message = gettext_noop(
        "The address holds a name or password before “@”, and evidence must open for everybody. "
        "Take that part out, or upload a copy of the page."
    )


class PortRefused(FetchRefused):
    """Another port than 80 or 443: `port`."""

    code = "port"
    message = gettext_noop(
        "The address asks for port %(port)s, and we only open the usual ones of the web, 80 and 443. "
        "Upload a copy of the page instead."
    )


class PlaceRefused(FetchRefused):
    """The host, or what its name stands for, is no place on the public network."""

    code = "place"
    message = gettext_noop(
        "“%(host)s” is no place on the public web, so nobody else could open this evidence. "
        "Give a public address, or upload a copy of the page."
    )


class NameUnknown(FetchRefused):
    """The name service knows no such host."""

    code = "name_unknown"
    message = gettext_noop(
        "No site answers to the name “%(host)s”. Check the spelling; if it opens for you, upload a copy of the page."
    )


class NotReached(FetchRefused):
    """The connection was refused or broke."""

    code = "not_reached"
    message = gettext_noop("We could not reach “%(host)s”. Try again in a few minutes, or upload a copy of the page.")


class CertificateRefused(FetchRefused):
    """The site could not prove its name."""

    code = "certificate"
    message = gettext_noop(
        "“%(host)s” could not prove that it is the site it says it is (its certificate does not fit). "
        "Look for another source, or upload a copy of the page."
    )


class TooManyRedirects(FetchRefused):
    """More redirects than `most`."""

    code = "too_many_redirects"
    message = gettext_noop(
        "The address sends its readers on more than %(most)s times. "
        "Open it yourself and paste the address of the last page, or upload a copy."
    )


class TookTooLong(FetchRefused):
    """Not complete after `seconds`."""

    code = "took_too_long"
    message = gettext_noop(
        "The page did not arrive within %(seconds)s seconds. Try again later, or upload a copy of it."
    )


class NotServed(FetchRefused):
    """The site answered with another status than 200: `status`."""

    code = "not_served"
    message = gettext_noop(
        "The site did not give us the page (its answer was %(status)s). If it opens for you, upload a copy of it."
    )


class AnswerBroken(FetchRefused):
    """The answer breaks the rules of HTTP, ends early, or has too many headers."""

    code = "answer_broken"
    message = gettext_noop(
        "The site's answer came broken or incomplete. Try again in a few minutes, or upload a copy of the page."
    )


class ReadRefused(EvidenceRefused):
    """The file arrived and could not be read."""


class TooLarge(FetchRefused, ReadRefused):
    """More than `megabytes`, as sent, unpacked or uploaded."""

    code = "too_large"
    message = gettext_noop(
        "This is larger than %(megabytes)s MB, which is the most we keep. Upload the part that matters."
    )


class TypeRefused(FetchRefused, ReadRefused):
    """None of the kinds of files that we read, whatever its name says."""

    code = "type"
    message = gettext_noop(
        "This is no web page, PDF, JPEG, PNG or WebP picture, whatever its name or address says. "
        "Upload a copy in one of these forms."
    )


class NotReadable(ReadRefused):
    """The file is not what it says it is, or is damaged or locked."""

    code = "not_readable"
    message = gettext_noop(
        "The file could not be read: it is damaged, locked with a password, or of another kind than it says. "
        "Save it anew, or make a picture of the part that matters, and upload that."
    )


class PictureTooLarge(ReadRefused):
    """More pixels than `megapixels` million."""

    code = "picture_too_large"
    message = gettext_noop(
        "The picture has more than %(megapixels)s million points. Make it smaller, or cut out the part that matters."
    )


class ReaderStopped(ReadRefused):
    """The reader process came to its limits of memory or time, or fell over."""

    code = "reader_stopped"
    message = gettext_noop(
        "Reading the file took more time or memory than we allow, so we stopped. "
        "Make a picture of the part that matters, and upload that."
    )


class NotScrubbed(ReadRefused):
    """Scrubbing the text stopped, so nothing of it may be used."""

    code = "not_scrubbed"
    message = gettext_noop(
        "We could not cover the personal data on this page, so we kept nothing of it. "
        "Upload only the part that matters."
    )


class SnapshotRefused(EvidenceRefused):
    """A capture cannot be given back as it was kept."""


class SnapshotMissing(SnapshotRefused):
    """No file under this digest."""

    code = "snapshot_missing"
    message = gettext_noop(
        "The kept copy %(digest)s is not in the desk's folder. Restore it from a backup, or capture the page again."
    )


class SnapshotDamaged(SnapshotRefused):
    """The file's bytes have another digest than its name."""

    code = "snapshot_damaged"
    message = gettext_noop(
        "The kept copy %(digest)s is no longer what was kept. Restore it from a backup, or capture the page again."
    )


class SourceRefused(EvidenceRefused):
    """The desk takes no evidence from there, whoever serves it (DESIGN rules 2 and 3)."""


class ProfileRefused(SourceRefused):
    """An account of a social network: a profile, a channel, or a post whose address names the account."""

    code = "profile"
    message = gettext_noop(
        "This address names an account on %(host)s, and we don't collect people's accounts. "
        "Look for a web page or document that says the same, or upload a picture of the post without names."
    )


class GroupRefused(SourceRefused):
    """A group, a chat, or an invitation to one."""

    code = "group"
    message = gettext_noop(
        "This address leads into a group or a chat on %(host)s, which not everybody can or should open. "
        "Look for a public page that says the same."
    )


class PersonalAddress(SourceRefused):
    """The address itself holds personal data, such as a telephone number."""

    code = "personal_address"
    message = gettext_noop(
        "The address seems to hold somebody's personal data, such as a telephone number or an account. "
        "Take that part out if the page opens without it, or look for another source."
    )


class QuoteRefused(EvidenceRefused):
    """The chosen sentence cannot be anchored."""


class QuoteEmpty(QuoteRefused):
    """No letter in it."""

    code = "quote_empty"
    message = gettext_noop("Choose the sentence of the page that matters: copy it from there and paste it here.")


class QuoteTooLong(QuoteRefused):
    """More than `most` characters: `got`."""

    code = "quote_too_long"
    message = gettext_noop(
        "The quote has %(got)s characters, we keep at most %(most)s. Choose the one or two sentences that matter."
    )


class QuoteNotFound(QuoteRefused):
    """The text holds neither the quote nor anything like it."""

    code = "quote_not_found"
    message = gettext_noop(
        "We did not find this sentence on the page as we received it. "
        "Copy it from the page, or upload a copy that shows it."
    )


class QuoteOtherwise(QuoteNotFound):
    """The text holds something a little like the quote: `nearest`, scrubbed."""

    code = "quote_otherwise"
    message = gettext_noop(
        "The page as we received it doesn't say this; the nearest we found is: “%(nearest)s”. "
        "If that is what you mean, copy it as it stands; else look for another source."
    )


class DescriptionRefused(EvidenceRefused):
    """The words that say what a picture shows are missing or too many."""


class DescriptionEmpty(DescriptionRefused):
    """A picture, or a document of pictures, without words."""

    code = "description_empty"
    message = gettext_noop(
        "This has no text that can be quoted. Write in a sentence or two what it shows and which words stand in it, "
        "for people who can't see it."
    )


class DescriptionTooLong(DescriptionRefused):
    """More than `most` characters: `got`."""

    code = "description_too_long"
    message = gettext_noop(
        "The description has %(got)s characters, we keep at most %(most)s. Say only what matters here."
    )


class UploadUnnamed(EvidenceRefused):
    """An uploaded copy without a name, which is all that others see of where it came from."""

    code = "upload_unnamed"
    message = gettext_noop("The file came without a name. Give it one that says what it is, and upload it again.")


class TooManyWaiting(EvidenceRefused):
    """One person has `most` pages waiting already."""

    code = "too_many_waiting"
    message = gettext_noop("We are still fetching %(most)s pages for you. Wait until one of them is here, then go on.")


class CaptureStopped(EvidenceRefused):
    """Our own fault: the job was given up."""

    code = "stopped"
    message = gettext_noop(
        "Something went wrong on our side, not on yours, and nothing was kept. Try again; if it happens once more, "
        "upload a copy of the page."
    )


def _all(of: type[EvidenceRefused]) -> Iterator[type[EvidenceRefused]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _all(kind)


# What a row keeps of a refusal -> the sentence that a page says.
BY_CODE: Mapping[str, type[EvidenceRefused]] = {
    kind.code: kind for kind in _all(EvidenceRefused) if "code" in vars(kind)
}
