"""What a letter says: plain text in the asker's language, without their message, without anything somebody else typed
but what is published anyway.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from thuchu.desk import wording
from thuchu.desk.facts.reads import FactView
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.replies.models import CONFIRM
from thuchu.desk.replies.sayings import Saying, has_moved
from thuchu.desk.replies.taken_back import answered, became, no_such_fact, not_known
from thuchu.desk.wording import verdict_word

# What is said now doesn't say whether the message is true.
_UNKNOWN = ("waiting", "being_rated", "suggest")
# A subject is one line on a phone; the claim stands whole in the letter.
SUBJECT_CHARS_MAX = 150
# 128 bits of a key name one letter of a country's; a longer line would be folded, which some servers trip over.
MESSAGE_ID_CHARS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The desk as its letters name it; `sender` is an address, `host` what stands behind the @ of a Message-ID."""

    name: str
    address: str
    sender: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything a letter is made of.

    key             names it; made into its Message-ID
    says            what holds; None in a letter that asks for confirmation
    before          what the asker was told before, and when
    taken_back      the fact-check that `before` names first, in whatever state it is; None where it names none, or it
                    was erased
    fact_checks     by name, those that are current of what `says` names
    facts           by name, facts of an event that `says` or `before` names
    page            the question's private page; confirm, stop are links that do what they are called
    entry, head     the ledger's last entry when the letter was written, and its hash
    """

    key: str
    kind: str
    language: str
    says: Saying | None
    before: Saying | None
    before_at: datetime | None
    taken_back: FactCheckView | None
    fact_checks: Mapping[str, FactCheckView]
    facts: Mapping[str, FactView]
    to: str
    page: str
    confirm: str
    stop: str
    confirm_hours: int
    entry: int
    head: str


def compose(letter: Letter, desk: Letterhead) -> EmailMessage:
    """The mail, ready to be sent; the same bytes but for the date whenever it is composed from the same rows."""
    with override(letter.language):
        subject, paragraphs = _confirmation(letter, desk) if letter.kind == CONFIRM else _news(letter, desk)
        body = "\n\n".join([*paragraphs, _foot(letter, desk)]) + "\n"
    return EmailMessage(
        subject=" ".join(subject.split())[:SUBJECT_CHARS_MAX],
        body=body,
        from_email=f'"{_quotable(desk.name)}" <{desk.sender}>',
        to=[letter.to],
        headers={
            # The same at every try: a mailbox that got it twice shows it once.
            "Message-ID": f"<{letter.key[:MESSAGE_ID_CHARS]}@{desk.host}>",
            # RFC 8058: mail programs show a button that does it with one press.
            "List-Unsubscribe": f"<{letter.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # RFC 3834: no holiday answer to this one.
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )


def _confirmation(letter: Letter, desk: Letterhead) -> tuple[str, Sequence[str]]:
    return _("Confirm that this is your e-mail address"), (
        _("Somebody asked %(desk)s about a message and left this address, to be told the answer.")
        % {"desk": desk.name},
        _("If it was you, open this page and press the button:") + f"\n{letter.confirm}",
        _("If it wasn't, do nothing: the address is erased after %(hours)s hours, and you get no more mail from us.")
        % {"hours": letter.confirm_hours},
    )


def _news(letter: Letter, desk: Letterhead) -> tuple[str, Sequence[str]]:
    says, before = letter.says, letter.before
    if says is None:
        raise ValueError(f"letter {letter.key} says nothing")
    if before is not None and has_moved(before, says):
        return _moved(says)
    subject, paragraphs = _SAID[says.kind](letter, says)
    earlier = _earlier(letter, says, desk)
    if earlier:
        subject = _("Correction: %(subject)s") % {"subject": subject}
    return subject, [each for each in (earlier, *paragraphs) if each]


def _earlier(letter: Letter, says: Saying, desk: Letterhead) -> str:
    """What they were told that no longer holds; "" where they had been told nothing that could."""
    before = letter.before
    if before is None or before.kind in ("waiting", "suggest", "being_rated"):
        return ""
    if before.kind == "answer":
        return _taken_back(letter, before, says, desk)
    if before.kind == "fact":
        return _facts_before(letter, before)
    if before.kind == "disputed":
        return _disputed_before(letter)
    return _("On %(day)s we told you that we give no verdict on it. That has changed.") % {
        "day": wording.day(letter.before_at)
    }


def _disputed_before(letter: Letter) -> str:
    when = wording.day(letter.before_at)
    if letter.taken_back is None:
        return _("On %(day)s we told you that those who checked it disagree. That has changed.") % {"day": when}
    return _("On %(day)s we told you that those who checked “%(claim)s” disagree. That has changed.") % {
        "day": when,
        "claim": letter.taken_back.claim,
    }


def _facts_before(letter: Letter, before: Saying) -> str:
    about = _about(letter, before)
    if not about:
        return no_such_fact(letter.before_at)
    return _(
        "On %(day)s we told you what an official source said about: %(about)s. Don't rely on that any more: it has "
        "changed, or nobody has checked it again in time."
    ) % {"day": wording.day(letter.before_at), "about": about}


def _taken_back(letter: Letter, before: Saying, says: Saying, desk: Letterhead) -> str:
    """The answer, where it can be read what became of it, and what that means of the message."""
    verdict, view = before.told[0][1], letter.taken_back
    said = answered(verdict, view, letter.before_at)
    now = became(verdict, view)
    if says.kind in _UNKNOWN:
        now = f"{now} {not_known()}"
    return "\n".join([said, f"{desk.address}{view.page_path}", now]) if view else f"{said} {now}"


def _answered(letter: Letter, says: Saying) -> tuple[str, Sequence[str]]:
    found = list(_shown(letter, says))
    word = verdict_word(says.told[0][1]) or _("Fact-check")
    return f"{word}: “{found[0].claim}”" if found else word, [
        _("There is an answer to your question."),
        *map(_fact_check, found),
    ]


def _told_facts(letter: Letter, says: Saying) -> tuple[str, Sequence[str]]:
    found = [letter.facts[name] for name, _none in says.told if name in letter.facts]
    return _about(letter, says) or _("What official sources say"), [
        _("This is what an official source says; two people of this desk have read it there."),
        *(_fact(view, letter.language) for view in found),
        _("Before you go, look at the source itself: places and hours can change until the last day."),
    ]


def _about(letter: Letter, told: Saying) -> str:
    """Of what those facts are, and of which event; "" where none of them is there any more."""
    found = [letter.facts[name] for name, _none in told.told if name in letter.facts]
    fields = ", ".join(view.field.name(letter.language) for view in found)
    name = next((view.event_en if letter.language == "en" else view.event_vi for view in found), "")
    return f"{fields}: {name}" if found else ""


def _fact(view: FactView, language: str) -> str:
    area = "" if view.area is None else view.area.name_en if language == "en" else view.area.name_vi
    head = f"{view.field.name(language)} ({area})" if area else view.field.name(language)
    source = view.evidence
    quoted = f"“{source.sentence}”" if source else ""
    checked = _("Checked on %(day)s.") % {"day": wording.day(view.checked_at)}
    return "\n".join(
        line for line in (f"{head}: {view.value(language)}", quoted, source.address if source else "", checked) if line
    )


def _disputed(letter: Letter, says: Saying) -> tuple[str, Sequence[str]]:
    return _("Those who checked your question disagree"), (
        _("There are fact-checks about it with different verdicts. We show you each and don't choose for you."),
        *map(_fact_check, _shown(letter, says)),
    )


def _suggested(_letter: Letter, _says: Saying) -> tuple[str, Sequence[str]]:
    return _("Something that may be about your question"), (
        _(
            "There are fact-checks that may be about it; we aren't sure enough to answer. Look on your page whether "
            "one of them is. Until you know, better not to trust the message and not to pass it on."
        ),
    )


def _being_rated(letter: Letter, _says: Saying) -> tuple[str, Sequence[str]]:
    was_answered = letter.before is not None and letter.before.kind == "answer"
    subject = _("No longer agreed: we don't know") if was_answered else _("Not agreed yet: don't trust it yet")
    return subject, (
        _(
            "Contributors have written notes on it, with evidence. At the moment people who usually rate differently "
            "don't agree on any of them, so we have no answer. Your page leads to the notes and their evidence."
        ),
        _("Until there is one, don't trust the message, don't send money, and better not to pass it on."),
    )


def _waits(_letter: Letter, _says: Saying) -> tuple[str, Sequence[str]]:
    return _("We don't know yet"), (
        _("We know of no answer to your question now. It waits for people who check."),
        _("Until there is one, don't trust the message, don't send money, and better not to pass it on."),
    )


def _not_a_fact(_letter: Letter, _says: Saying) -> tuple[str, Sequence[str]]:
    return _("We give no verdict on your question"), (
        _(
            "Evidence can't settle it: it is an opinion, a forecast, a joke, or a matter of faith. That doesn't make "
            "it right or wrong. If the message holds a number, a day or a certain deed, ask about that sentence alone."
        ),
        _("Your page says the reason given, and how to ask a third person."),
    )


def _private(_letter: Letter, _says: Saying) -> tuple[str, Sequence[str]]:
    return _("We give no verdict on your question"), (
        _(
            "It was about somebody's private life, so we erased the words and give no verdict. That says nothing "
            "against you."
        ),
    )


def _moved(says: Saying) -> tuple[str, Sequence[str]]:
    return _("Your question has another place"), (
        _("It now waits under claim %(number)s, with others who ask the same. One answer will reach all of you.")
        % {"number": says.claim},
        _("Until there is one, don't trust the message, don't send money, and better not to pass it on."),
    )


_SAID = {
    "answer": _answered,
    "fact": _told_facts,
    "disputed": _disputed,
    "suggest": _suggested,
    "being_rated": _being_rated,
    "waiting": _waits,
    "not_a_fact": _not_a_fact,
    "private": _private,
}


def _shown(letter: Letter, says: Saying) -> Iterable[FactCheckView]:
    return (letter.fact_checks[name] for name, _verdict in says.told if name in letter.fact_checks)


def _fact_check(view: FactCheckView) -> str:
    word = verdict_word(view.verdict) or view.verdict_words
    who = f"{view.publisher_name}, {wording.day(view.said_on)}" if view.said_on else view.publisher_name
    return "\n".join(line for line in (f"{word}: “{view.claim}”", view.why, who, view.url) if line)


def _foot(letter: Letter, desk: Letterhead) -> str:
    lines = ["-- "]
    if letter.kind != CONFIRM:
        lines += [_("Your question, what we know now, and what we told you before:"), letter.page, ""]
    lines += [_("No more mail, and your address erased:"), letter.stop, ""]
    entry = _("%(desk)s, entry %(seq)s of the public ledger:") % {
        "desk": desk.name,
        "seq": wording.number(letter.entry),
    }
    return "\n".join([*lines, entry, letter.head]) if letter.entry else "\n".join([*lines, desk.name])


def _quotable(name: str) -> str:
    return "".join(each for each in name if each not in '"\\\r\n')
