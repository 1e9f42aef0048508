"""The way of a message, top to bottom: the only file that crosses rooms to change things."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import transaction

from thuchu import claimreview, privacy, procedure
from thuchu.desk.accounts import hand_over, roles
from thuchu.desk.accounts.leave import leave as leave_accounts
from thuchu.desk.accounts.models import COORDINATOR
from thuchu.desk.accounts.reads import AccountView, account_view
from thuchu.desk.claims import index as claims_index
from thuchu.desk.claims import reads as claims_reads
from thuchu.desk.claims.appeals import appeal
from thuchu.desk.claims.assign import release_all
from thuchu.desk.claims.forget import let_go
from thuchu.desk.claims.hand_over import hand_over as hand_over_claims
from thuchu.desk.claims.hand_over import take_back_all
from thuchu.desk.claims.join import Near, join_or_open
from thuchu.desk.claims.last_day import running as last_day
from thuchu.desk.claims.proposals import confirm
from thuchu.desk.claims.views import AskedClaim
from thuchu.desk.claims.wishes import NO_WISHES, Wishes, wish, wishes_of
from thuchu.desk.claims.withheld import claims_withheld_since
from thuchu.desk.commitments import reads as commitments_reads
from thuchu.desk.commitments.judging import judge_all
from thuchu.desk.evidence.requests import forget_requests_of
from thuchu.desk.facts import reads as facts_reads
from thuchu.desk.facts.reads import FactView, Wanted
from thuchu.desk.inquiries import reads as inquiries_reads
from thuchu.desk.inquiries.forget import erase_inquiries
from thuchu.desk.intake import reads as intake_reads
from thuchu.desk.intake.erase import delete, erase_expired
from thuchu.desk.intake.reads import SubmissionView
from thuchu.desk.intake.receive import receive, tell_again
from thuchu.desk.intake.tellings import FACT, Telling, Told
from thuchu.desk.library import index, link_lists
from thuchu.desk.library import reads as library_reads
from thuchu.desk.library.agreed import current_of
from thuchu.desk.library.agreed import erase as erase_agreed
from thuchu.desk.library.figures import notes_that_stopped
from thuchu.desk.library.files import file_sha256
from thuchu.desk.library.importing import Tally, import_rows
from thuchu.desk.library.link_lists import Loaded
from thuchu.desk.library.publishers import add_hosts, find_or_add
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.library.withdraw import withdraw
from thuchu.desk.notes import reads as notes_reads
from thuchu.desk.notes.forget import erase_notes
from thuchu.desk.parts import parts
from thuchu.desk.publishing.publish import publish
from thuchu.desk.publishing.round import hold_round
from thuchu.desk.replies import reads as replies_reads
from thuchu.desk.replies.addresses import confirm as confirm_address
from thuchu.desk.replies.addresses import leave_address, take_back
from thuchu.desk.replies.addresses import let_go as count_gone
from thuchu.desk.replies.reads import MailView
from thuchu.desk.replies.sayings import Saying
from thuchu.desk.replies.writing import notice, owe
from thuchu.desk.reviews import auditing, cycles, freezing, planning, short
from thuchu.desk.reviews.models import CARRIED_OVER, INCIDENT
from thuchu.desk.shifts.forget import free_all
from thuchu.desk.shifts.take import hand_over as hand_over_shifts
from thuchu.links import LinkWarning, Listing, find_addresses
from thuchu.matching import Decision, Why
from thuchu.privacy import CleanText
from thuchu.text.folding import fold
from thuchu.text.forms import normalise

# Two fact-checks are about the same thing when each is more likely than not about this message.
DISPUTE_PROBABILITY_MIN = 0.5
# Or when their claims share most of their words: two publishers rarely write a claim alike, but never quite otherwise.
SAME_CLAIM_WORDS_SHARE_MIN = 0.6
# Or when most of the shorter claim's words stand in the longer one, and they are too many for chance: said in two ways.
SHORTER_CLAIM_WORDS_SHARE_MIN = 0.65
SHARED_WORDS_MIN = 8
# Questions read at once, some megabytes at most.
_BATCH = 200
# One look takes some 25 ms: half a minute a run, so that the next round isn't held up; the rest follows in the next.
TOLD_AT_ONCE_MAX = 1_000
# What holds in place of a fact is found without matching, in some milliseconds: a district's worth in the same run.
FACT_CORRECTIONS_AT_ONCE_MAX = 10_000
# What changes without a change number (a matcher that learned) is told within a day or so.
_LOOK_AGAIN_AFTER = timedelta(days=1)
_PLACEHOLDER = re.compile(r"\[[a-z ]{2,20}\]")
_WORD = re.compile(r"\w+")

Door = Literal["web", "api", "cli"]
Refusal = Literal["empty", "too_long", "no_words", "nothing_left"]


class MessageRefused(ValueError):
    """A message that cannot be looked up: `code` says why, `got` and `limit` are characters."""

    def __init__(self, code: Refusal, *, got: int = 0, limit: int = 0) -> None:
        super().__init__(code)
        self.code: Refusal = code
        self.got = got
        self.limit = limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One fact-check as it answers this message: how sure we are, and why it matched."""

    fact_check: FactCheckView
    probability: float
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkShown:
    """One address of the message: whose list names it, or which official host it resembles and isn't."""

    host: str
    warning: Literal["listed", "look_alike"] | None
    publisher: str = ""
    since: date | None = None
    official: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What we say to a message now.

    kind      "answer": the first of `shown` answers it · "fact": `facts` of an event do · "suggest": it may be one of
              `shown` · "none"
    disputed  publishers disagree about it: all sides are shown, none is the answer
    wanted    with "none": a fact answers it as soon as the asker says where they are
    prebunks  written before anybody asked, about what the message resembles: to read beside the answer, never one of it
    """

    kind: Literal["answer", "fact", "suggest", "none"]
    disputed: bool
    language: str
    shown: tuple[Shown, ...]
    links: tuple[LinkShown, ...]
    facts: tuple[FactView, ...] = ()
    wanted: Wanted | None = None
    prebunks: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An answer with the token of the asker's private page."""

    token: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an import is."""

    tally: Tally
    bytes_read: int
    bytes_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """The asker's private page: what was asked, what is known now, and what was said before that.

    covered      kinds of personal data that stand covered in `text`
    changed      the asker was once told something else: `told_before`
    tellings     everything they were told, oldest first; the last one holds
    mail         whether they are told by mail, too, and what they were sent
    feedback     what the asker said, by fact-check
    claim        what the question waits under, and how many others ask; None for one that was answered at once
    wishes       where the asker is and by when they need to know, where they said so
    is_erased    the text is gone: it was a private matter, as `claim` says
    """

    text: str
    asked_at: datetime
    told_at: datetime
    covered: tuple[str, ...]
    answer: Answer
    changed: bool
    told_before: Telling | None
    tellings: tuple[Telling, ...]
    mail: MailView
    feedback: dict[str, frozenset[str]]
    claim: AskedClaim | None
    wishes: Wishes
    is_erased: bool


def ask(message: str, *, door: Door, page_language: str, now: datetime, wishes: Wishes = NO_WISHES) -> Asked:
    """What an asker sees at once, through every door; without an answer the scrubbed message waits under a claim.

    wishes  the asker's area and the day they need to know by, where they said so
    raises  MessageRefused for what is empty, too long, without a word, or holds nothing but personal data
    """
    text = _read(message)
    # Links are inspected in memory as they were written: scrubbing would cover tricks such as bank.vn@thief.example.
    answer = _answer(text, _inspect(message), place=lambda: wishes.area, now=now)
    near = _near(text, answer)
    with transaction.atomic():
        token = receive(
            text,
            door=door,
            language=answer.language,
            page_language=page_language,
            telling=_telling(answer, now),
            links=[(link.host, link.warning or "", link.official, link.reason) for link in answer.links],
            now=now,
        )
        if answer.kind == "none" and (number := intake_reads.number(token)) is not None:
            _wait(number, text, answer.language, near, wishes, now)
    return Asked(token=token, answer=answer)


def look_again(token: str, *, now: datetime) -> StatusView | None:
    """The private page of who asked, from what is known now; None when the question isn't here (any more)."""
    submission = intake_reads.submission(token)
    if submission is None:
        return None
    text = privacy.scrub(submission.text)
    answer = _answer_to(submission, text, now)
    earlier = submission.tellings
    if not submission.is_erased and _no_longer_holds(earlier[-1], answer):
        telling = _tell_again(submission, text, answer, now)
        earlier = (*earlier, telling)
    claim = claims_reads.claim_of_question(submission.number)
    return StatusView(
        text=text.text,
        asked_at=submission.asked_at,
        told_at=earlier[-1].at,
        covered=tuple(dict.fromkeys(finding.kind for finding in text.findings)),
        answer=answer,
        changed=len(earlier) > 1,
        told_before=earlier[-2] if len(earlier) > 1 else None,
        tellings=earlier,
        mail=replies_reads.mail_of(submission.number),
        feedback=submission.feedback,
        claim=claim,
        wishes=wishes_of(submission.number) if claim else NO_WISHES,
        is_erased=submission.is_erased,
    )


def none_of_these(token: str, *, now: datetime) -> bool:
    """What we showed an asker isn't it: their question waits under a claim from now on, as one that nothing answers.

    Saying so twice is saying so once.
    returns  False when there is no such question (any more), or its text was a private matter's
    """
    submission = intake_reads.submission(token)
    if submission is None or submission.is_erased:
        return False
    text = privacy.scrub(submission.text)
    near = claims_index.near(settings.THUCHU_HOME, text)
    with transaction.atomic():
        if claims_reads.claim_of_question(submission.number) is None:
            _wait(submission.number, text, submission.language, near, NO_WISHES, now)
    return True


def be_told_by_mail(token: str, address: str, *, language: str, now: datetime) -> bool:
    """Ask the owner of an address whether they want to be told there what becomes of a question.

    returns  False when there is no such question (any more)
    raises   MailRefused
    """
    submission = intake_reads.submission(token)
    if submission is None:
        return False
    answer = _answer_to(submission, privacy.scrub(submission.text), now)
    leave_address(submission.number, token, address, knows=_saying(submission, answer), language=language, now=now)
    return True


def confirm_mail(link: str, *, now: datetime) -> bool:
    """The address behind a link is its owner's; what has changed since they left it they are told at once."""
    number = confirm_address(link, now=now)
    if number is None:
        return False
    _tell_all([number], now)
    return True


def no_more_mail(token: str, *, now: datetime) -> bool:
    """Erase the address that was left for a question; False when there is no such question (any more)."""
    number = intake_reads.number(token)
    if number is None:
        return False
    take_back(number, now=now)
    return True


def tell_askers(*, now: datetime) -> int:
    """Write a letter to everybody who left an address and was told something else than what holds now (rule 9).

    Due is everybody once fact-checks or facts of an event have changed, those who were told a fact first; whoever is
    under a claim that has changed; and, so that nothing is missed for long, whoever nobody has looked after for a day;
    at most TOLD_AT_ONCE_MAX a run, the longest unlooked first.  Stopped anywhere, the next run goes on, and nobody is
    told twice.
    returns  how many letters were written
    """
    if index.behind(settings.THUCHU_HOME):
        # What can't be found yet can't be told; the index catches up within a minute.
        return 0
    seen = replies_reads.noticed()
    last = (library_reads.last_change(), claims_reads.last_change(), facts_reads.last_change(now=now))
    if last != seen:
        notice(*last, touched=claims_reads.questions_touched(seen[1]), now=now)
    due = replies_reads.told_facts(limit=FACT_CORRECTIONS_AT_ONCE_MAX)
    due += replies_reads.to_look_after(now - _LOOK_AGAIN_AFTER, limit=TOLD_AT_ONCE_MAX)
    return sum(_tell_all(numbers, now) for numbers in parts(list(dict.fromkeys(due)), _BATCH))


def let_wait(*, now: datetime) -> int:
    """Put every question that nothing answers under a claim, where none is yet; gives back how many there were.

    Those of a desk that was asked before it had claims, the first asked first, as waiting since then.  One that
    something answers by now is left to its private page, which tells its asker.
    """
    moved, last = 0, 0
    while batch := intake_reads.told_nothing(after=last, limit=_BATCH):
        last = batch[-1]
        for submission in intake_reads.submissions(claims_reads.under_no_claim(batch)):
            moved += _let_one_wait(submission, now)
    return moved


def wish_for(token: str, wishes: Wishes, *, now: datetime) -> bool:
    """Keep where an asker is and by when they need to know; False when their question waits nowhere (any more)."""
    number = intake_reads.number(token)
    return number is not None and wish(number, wishes, now=now)


def wishes_for(token: str) -> Wishes:
    """Where an asker is and by when they need to know, as it is kept; nothing of a question that isn't here."""
    number = intake_reads.number(token)
    return NO_WISHES if number is None else wishes_of(number)


def appeal_for(token: str, words: CleanText, *, now: datetime) -> bool:
    """An asker doesn't agree that their question can't be checked: a third person looks at it, told nothing of them.

    returns  False when there is nothing to appeal
    raises   ClaimRefused
    """
    number = intake_reads.number(token)
    asked = claims_reads.claim_of_question(number) if number is not None else None
    if asked is None or asked.appealable is None:
        return False
    appeal(asked.appealable, words, by=None, now=now)
    return True


def take_in(path: Path, *, publisher: str | None, hosts: Sequence[str], now: datetime) -> Iterator[Progress]:
    """Import a file of fact-checks; yields after every committed batch how far it is and how it went.

    On a desk that nobody has asked yet, naming a publisher's hosts also admits it (rule 5).
    raises  PublisherRefused for a name or host that can't be used; OSError when the file can't be read
    """
    owner = None
    # First of all: a file that can't be read must not have admitted anybody.
    digest = file_sha256(path)
    quiet = quiet_until(now=now)
    if publisher is not None:
        with transaction.atomic():
            owner = find_or_add(publisher, frozen_until=quiet, now=now)
            add_hosts(owner, hosts, admit=bool(hosts) and intake_reads.nobody_has_asked(), frozen_until=quiet, now=now)
    reading = claimreview.read_file(path)
    for tally in import_rows(reading, publisher=owner, file=path.name, file_sha256=digest, frozen_until=quiet, now=now):
        yield Progress(tally=tally, bytes_read=reading.bytes_read, bytes_total=reading.bytes_total)
    index.catch_up(settings.THUCHU_HOME)


def take_in_links(path: Path, *, publisher: str, now: datetime) -> Loaded:
    """Load a publisher's list of hosts in place of its last one; raises PublisherRefused or OSError."""
    quiet = quiet_until(now=now)
    return link_lists.load(path, publisher, home=settings.THUCHU_HOME, frozen_until=quiet, now=now)


def take_away_links(publisher: str, *, now: datetime) -> int:
    """Take a publisher's list away; gives back how many hosts it had.  Raises PublisherRefused."""
    return link_lists.remove(publisher, now=now)


def withdraw_from(url: str, reason: str, *, now: datetime) -> list[str]:
    """Withdraw what was imported from an address, and take it out of search."""
    names = withdraw(url, reason, now=now)
    index.catch_up(settings.THUCHU_HOME)
    return names


def learn() -> int:
    """Teach the matcher from messages whose askers said "this is it"; gives back how many there were."""
    # The mark first: what is confirmed in between is learned again next time, never missed.
    mark = intake_reads.confirmed_mark()
    return index.learn(settings.THUCHU_HOME, intake_reads.confirmed_messages(), mark)


def warm_up() -> None:
    """Have matching at hand before anybody asks."""
    index.warm_up(settings.THUCHU_HOME)
    claims_index.warm_up(settings.THUCHU_HOME)
    procedure.warm_up()


def catch_up() -> None:
    """Finish an import that was cut off, unless somebody is at it."""
    if index.behind(settings.THUCHU_HOME):
        index.catch_up(settings.THUCHU_HOME, wait=False)


def catch_up_claims() -> None:
    """Let the index of claims see those that are new or changed, unless somebody is at it."""
    if claims_index.behind(settings.THUCHU_HOME):
        claims_index.catch_up(settings.THUCHU_HOME, wait=False)


def make_claims_index_afresh() -> None:
    """Leave nothing in the index's files of words that were erased since the last time."""
    claims_index.make_afresh(settings.THUCHU_HOME)


def learn_what_is_new(*, now: datetime) -> None:
    """Learn again where askers have confirmed something since the last time, or had it erased.

    On an election's last day nothing moves how sure is sure enough; but what was erased is unlearned on any day.
    """
    before = index.learned_mark(settings.THUCHU_HOME)
    if before == intake_reads.confirmed_mark():
        return
    if quiet_until(now=now) is None or intake_reads.was_erased_since(before):
        learn()


def settle(*, now: datetime) -> int | None:
    """Hold a round where one is due, let what it says be found and told; gives back the round's number, or None.

    Each line may be the last before a crash: the next call finishes what was begun, and nothing happens twice.
    """
    number = hold_round(now=now)
    if publish(now=now):
        index.catch_up(settings.THUCHU_HOME)
    tell_askers(now=now)
    return number


def erase_question(token: str, *, now: datetime) -> bool:
    """Erase the question behind a private link, and what claims hold of it (rule 2); False when there is none."""
    return delete(token, before=lambda numbers: _let_go(numbers, by_time=False, now=now))


def leave(account_id: int, *, now: datetime, knows_last: bool = False) -> str:
    """Forget a contributor in every room at once; gives back the random name under which their public work stays.

    What they had taken is free again, what they had proposed is taken back, what they had asked to be fetched is not
    fetched (rules 2 and 7).
    knows_last  the only coordinator said that nobody coordinates this desk after them
    raises      NoSuchAccount, LastCoordinator
    """
    with transaction.atomic():
        view = account_view(account_id)
        name = leave_accounts(account_id, now=now, knows_last=knows_last)
        if view is not None:
            release_all(person=view.pseudonym_id)
            forget_requests_of(view.pseudonym_id)
            auditing.forget(view.pseudonym_id)
            free_all(view.pseudonym_id)
            take_back_all(view.pseudonym_id, now=now)
    return name


def take_over(taker: AccountView, giver: int, *, now: datetime) -> None:
    """Accept a coordinator's role with all they hold: nothing of it is left without somebody.

    giver   number of the pseudonym that offered it
    raises  NotForYou, NothingOffered
    """
    with transaction.atomic():
        hand_over.accept(taker, giver, now=now)
        hand_over_claims(giver, taker.pseudonym_id, now=now)
        hand_over_shifts(giver, taker.pseudonym_id, now=now)


def revoke_role(by: AccountView, pseudonym_id: int, role: str, *, now: datetime) -> None:
    """Take a role, or give one's own back; what only a coordinator may have open is taken back with it.

    raises  as `accounts.roles.revoke_role`
    """
    with transaction.atomic():
        roles.revoke_role(by, pseudonym_id, role, now=now)
        if role == COORDINATOR:
            take_back_all(pseudonym_id, now=now)


def confirm_act(proposal_id: int, *, by: int, now: datetime) -> None:
    """The second person's word on an act of two (rule 4); a private matter's text goes in every room at once (rule 1).

    raises  ClaimRefused
    """
    with transaction.atomic():
        confirm(proposal_id, by=by, now=now)
        act = claims_reads.proposal(proposal_id)
        if act is None or act.code != "private" or act.undoes is not None:
            return
        closed = claims_reads.claim(act.claim_id, now=now)
        if closed is not None:
            claims = [closed.id, *closed.merged_here]
            erase_agreed(notes_reads.numbers_on(claims))
            erase_notes(claims, now=now)
            erase_inquiries(claims, now=now)


def erase_old(*, now: datetime) -> int:
    """Erase the questions whose stated time is over (rule 2); gives back how many there were."""
    return erase_expired(
        keep_days=settings.THUCHU_KEEP_DAYS, now=now, before=lambda numbers: _let_go(numbers, by_time=True, now=now)
    )


def quiet_until(*, now: datetime) -> datetime | None:
    """When the last day of an election ends that runs now."""
    quiet = last_day(now=now)
    return quiet.ends if quiet else None


def _let_go(numbers: Sequence[int], *, by_time: bool, now: datetime) -> None:
    """What other rooms hold of questions that are being erased."""
    let_go(numbers, now=now)
    count_gone(numbers, by_time=by_time)


def _read(message: str) -> CleanText:
    limit: int = settings.THUCHU_MESSAGE_CHARS_MAX
    if len(message) > limit:
        raise MessageRefused("too_long", got=len(message), limit=limit)
    if not normalise(message):
        raise MessageRefused("empty")
    text = privacy.scrub(message)
    if not _WORD.search(_PLACEHOLDER.sub("", text.text)):
        raise MessageRefused("nothing_left" if text.findings else "no_words")
    return text


def _answer(text: CleanText, links: tuple[LinkShown, ...], *, place: Callable[[], str], now: datetime) -> Answer:
    """What pinned facts say, where a question is clearly about one (rule 8); else what the library says.

    A fact-check that the very link or text of the message leads to comes before both: somebody checked that message.
    place  says where the asker is, as a code; asked only where there is a fact that might answer
    """
    answer = _from_library(text, links)
    if answer.shown and answer.kind == "answer" and answer.shown[0].why.by != "words":
        return answer
    found = facts_reads.find(text.text, place=place, now=now)
    if found.facts:
        return _by_facts(answer, found.facts)
    if found.wanted:
        return replace(answer, kind="none", disputed=False, shown=(), wanted=found.wanted)
    return answer


def _by_facts(answer: Answer, facts: tuple[FactView, ...]) -> Answer:
    return replace(answer, kind="fact", disputed=False, shown=(), facts=facts)


def _from_library(text: CleanText, links: tuple[LinkShown, ...]) -> Answer:
    decision = index.find(settings.THUCHU_HOME, text)
    shown = _show(decision)
    prebunks = tuple(each for each in shown if each.fact_check.twists)
    if prebunks:
        # No verdict on this message: whether and what we answer is decided as if they weren't there (rule 8).
        decision = index.find(settings.THUCHU_HOME, text, without=library_reads.prebunks())
        shown = _show(decision)
    disputed = _others_disagree(shown)
    kind: Literal["answer", "suggest", "none"] = "suggest" if shown else "none"
    if decision.kind == "answer" and shown and shown[0].fact_check.is_answerable and not disputed:
        # Only what matching itself put first may be the answer, not what moved up because the first was withdrawn.
        kind = "answer" if shown[0].fact_check.id == decision.matches[0].id else "suggest"
    return Answer(
        kind=kind,
        disputed=bool(disputed),
        language=decision.language,
        shown=disputed or shown,
        links=links,
        prebunks=prebunks,
    )


def _show(decision: Decision) -> tuple[Shown, ...]:
    views = library_reads.fact_checks([match.id for match in decision.matches])
    return tuple(
        Shown(fact_check=views[match.id], probability=match.probability, why=match.why)
        for match in decision.matches
        if match.id in views
    )


def _answer_to(submission: SubmissionView, text: CleanText, now: datetime) -> Answer:
    """What we say to a question now: what answers its words, else what was agreed on the claim it is under.

    Whoever was told facts of an event is told what holds in their place, without asking again which place they mean.
    """
    if submission.is_erased:
        return _nothing(submission)
    told = _facts_told(submission.tellings[-1])
    holding = facts_reads.following(told, now=now) if told else ()
    if holding:
        return _by_facts(replace(_nothing(submission), links=_links_now(submission)), holding)
    answer = _answer(text, _links_now(submission), place=lambda: _place_of(submission, now), now=now)
    if answer.kind in ("answer", "fact") or answer.disputed:
        return answer
    claim = claims_reads.claim_of_question(submission.number)
    return _agreed_on(claim.id, answer) if claim is not None and claim.situation == "answered" else answer


def _agreed_on(claim_id: int, answer: Answer) -> Answer:
    """The answer from this desk's own agreed notes: the question is under their claim, however its words are put."""
    names = current_of(notes_reads.numbers_on(claims_reads.joined_in(claim_id)))
    views = library_reads.fact_checks(names)
    agreed = tuple(Shown(fact_check=views[n], probability=1.0, why=Why(by="words")) for n in names if n in views)
    if not agreed:
        return answer
    disputed = any(shown.fact_check.disputed for shown in agreed)
    others = tuple(shown for shown in answer.shown if shown.fact_check.id not in views)
    return replace(
        answer,
        kind="suggest" if disputed else "answer",
        disputed=disputed,
        shown=agreed if disputed else agreed + others,
    )


def _saying(submission: SubmissionView, answer: Answer) -> Saying:
    """What holds of a question, as its page leads with it: after what the asker has said of each fact-check."""

    def said(shown: Shown, what: str) -> bool:
        return what in submission.feedback.get(shown.fact_check.id, frozenset())

    claim = claims_reads.claim_of_question(submission.number)
    if answer.kind == "fact":
        return Saying(kind="fact", told=tuple((fact.name, None) for fact in answer.facts))
    told = [(shown.fact_check.id, shown.fact_check.verdict) for shown in answer.shown]
    open_ones = [shown for shown in answer.shown if not said(shown, "is_not_it")]
    theirs = [shown.fact_check for shown in open_ones if said(shown, "is_it")]
    if answer.kind == "answer" and answer.shown[0] in open_ones:
        return Saying(kind="answer", told=tuple(told[:1]))
    if answer.disputed:
        return Saying(kind="disputed", told=tuple(told))
    if theirs:
        return Saying(kind="answer", told=((theirs[0].id, theirs[0].verdict),))
    return _unanswered(claim, bool(open_ones))


def _unanswered(claim: AskedClaim | None, has_suggestions: bool) -> Saying:
    if claim is not None and claim.situation == "not_a_fact":
        return Saying(kind="not_a_fact")
    if claim is not None and claim.situation == "private":
        return Saying(kind="private")
    if claim is not None and claim.situation == "being_rated":
        return Saying(kind="being_rated", claim=claim.id)
    return Saying(kind="suggest" if has_suggestions else "waiting", claim=claim.id if claim is not None else 0)


def _tell_again(submission: SubmissionView, text: CleanText, answer: Answer, now: datetime) -> Telling:
    """Remember that an asker is now told something else; what nothing answers any more waits like any other."""
    telling = _telling(answer, now)
    near = _near(text, answer)
    with transaction.atomic():
        tell_again(submission.number, telling)
        if answer.kind == "none" and claims_reads.claim_of_question(submission.number) is None:
            _wait(submission.number, text, answer.language, near, NO_WISHES, now)
    return telling


def _tell_all(numbers: Sequence[int], now: datetime) -> int:
    return sum(_tell_one(submission, now) for submission in intake_reads.submissions(numbers))


def _tell_one(submission: SubmissionView, now: datetime) -> bool:
    """Bring what one asker was told to what holds; their page remembers what a letter told them."""
    text = privacy.scrub(submission.text)
    answer = _answer_to(submission, text, now)
    with transaction.atomic():
        is_owed = owe(submission.number, _saying(submission, answer), now=now)
        if is_owed and not submission.is_erased and _no_longer_holds(submission.tellings[-1], answer):
            _tell_again(submission, text, answer, now)
    return is_owed


def _others_disagree(shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """All sides, likeliest first, when publishers reached different verdicts on what is likely this message."""
    likely = [s for s in shown if s.fact_check.verdict is not None and _is_about_the_same(s, shown[0])]
    publishers = {s.fact_check.publisher_name for s in likely}
    verdicts = {s.fact_check.verdict for s in likely}
    return tuple(likely) if len(publishers) > 1 and len(verdicts) > 1 else ()


def _is_about_the_same(shown: Shown, first: Shown) -> bool:
    if shown.probability >= DISPUTE_PROBABILITY_MIN:
        return True
    words, first_words = (set(_WORD.findall(fold(s.fact_check.claim))) for s in (shown, first))
    shared, shorter = len(words & first_words), min(len(words), len(first_words))
    if shared >= SHARED_WORDS_MIN and shared >= SHORTER_CLAIM_WORDS_SHARE_MIN * shorter:
        return True
    return shared >= SAME_CLAIM_WORDS_SHARE_MIN * len(words | first_words)


def _nothing(submission: SubmissionView) -> Answer:
    """What there is to say to a question whose text is gone."""
    return Answer(kind="none", disputed=False, language=submission.language, shown=(), links=())


def _near(text: CleanText, answer: Answer) -> tuple[Near, ...]:
    """Claims near a message that nothing answers; looked up before the write lock is taken."""
    return claims_index.near(settings.THUCHU_HOME, text) if answer.kind == "none" else ()


def _wait(number: int, text: CleanText, language: str, near: tuple[Near, ...], wishes: Wishes, now: datetime) -> None:
    links = [address.canonical for address in find_addresses(text.text)]
    join_or_open(number, text, language, links=links, near=near, wishes=wishes, now=now)


def _let_one_wait(submission: SubmissionView, now: datetime) -> bool:
    text = privacy.scrub(submission.text)
    if _answer(text, (), place=lambda: "", now=now).kind in ("answer", "fact"):
        return False
    # An index that hasn't seen the last claim yet costs an offer to coordinators; the exact doors see every row.
    near = claims_index.near(settings.THUCHU_HOME, text)
    links = [address.canonical for address in find_addresses(text.text)]
    number = submission.number
    with transaction.atomic():
        # Its asker may have erased it, or opened its page, since it was read.
        if not intake_reads.submissions([number]) or not claims_reads.under_no_claim([number]):
            return False
        asked_at = submission.asked_at
        join_or_open(number, text, submission.language, links=links, near=near, now=now, asked_at=asked_at)
    return True


def _telling(answer: Answer, now: datetime) -> Telling:
    if answer.kind == "fact":
        return Telling(at=now, kind="answer", told=tuple(Told(fact.name, None) for fact in answer.facts))
    told = tuple(Told(s.fact_check.id, s.fact_check.verdict) for s in answer.shown)
    return Telling(at=now, kind=answer.kind, told=told)


def _facts_told(telling: Telling) -> list[str]:
    """Names of the facts of an event that were said then; empty where something else was."""
    return [told.fact_check for told in telling.told if told.fact_check.startswith(FACT)]


def _place_of(submission: SubmissionView, now: datetime) -> str:
    """Where an asker is, as far as they said so: the area they picked, else that of the last fact they were told."""
    picked = wishes_of(submission.number).area
    if picked:
        return picked
    told = [name for telling in submission.tellings for name in _facts_told(telling)]
    known = facts_reads.named(told[-1:], now=now).values()
    return next((view.area.code for view in known if view.area is not None), "")


def _no_longer_holds(telling: Telling, answer: Answer) -> bool:
    """Was the asker told something that is not so any more? Other suggestions than before are no change."""
    if answer.kind == "fact" or _facts_told(telling):
        return _facts_told(telling) != [fact.name for fact in answer.facts]
    if telling.kind != answer.kind:
        return True
    if answer.kind == "answer" and telling.told[0].fact_check != answer.shown[0].fact_check.id:
        return True
    now = library_reads.fact_checks([told.fact_check for told in telling.told])
    return any(t.fact_check not in now or now[t.fact_check].verdict != t.verdict for t in telling.told)


def _inspect(message: str) -> tuple[LinkShown, ...]:
    """One value a warning, listed ones first; one without a warning for an address there is nothing to say of."""
    found = link_lists.inspect_message(message, settings.THUCHU_HOME)
    listed = [_listed(warning, listing) for warning in found for listing in warning.listings]
    resembling = [
        LinkShown(host=_shown(w), warning="look_alike", official=w.official_host, reason=w.reason or "")
        for w in found
        if w.official_host
    ]
    silent = [LinkShown(host=_shown(w), warning=None) for w in found if w.warning is None]
    return (*listed, *resembling, *silent)


def _listed(warning: LinkWarning, listing: Listing) -> LinkShown:
    return LinkShown(host=_shown(warning), warning="listed", publisher=listing.publisher, since=listing.since)


def _shown(warning: LinkWarning) -> str:
    # A host may carry somebody's number; what is shown and kept of it is scrubbed like everything else.
    return privacy.scrub(warning.host).text


def _links_now(submission: SubmissionView) -> tuple[LinkShown, ...]:
    """Warnings as of now, and those of the first answer that only the message as typed could show."""
    now = _inspect(submission.text)
    hosts = {link.host for link in now}
    kept = tuple(
        LinkShown(host=host, warning="look_alike", official=official, reason=reason)
        for host, warning, official, reason in submission.links
        if warning == "look_alike" and host not in hosts
    )
    return kept + now


def open_review(person: AccountView | None, slug: str, *, now: datetime) -> None:
    """Open a review's agenda with what nobody has to propose: what is carried over, unanswered, corrected, withheld.

    person   a coordinator, or None: the calendar
    raises   ReviewRefused, NotForYou
    """
    planning.open_review(person, slug, about=_left_from_before(slug, now), now=now)


def freeze_review(person: AccountView | None, slug: str, *, now: datetime) -> None:
    """Freeze a review's figures, and let them judge the commitments that they measure: both, or neither.

    person   a coordinator, or None: the calendar
    raises   ReviewRefused, NotForYou
    """
    reckoned = freezing.reckon(slug)
    with transaction.atomic():
        freezing.freeze(person, slug, reckoned, now=now)
        # What one event's claims come to says nothing of what the desk committed itself to.
        if reckoned.snapshot.event is None:
            judge_all(slug, reckoned.snapshot, now=now)


def keep_reviews(*, now: datetime) -> int:
    """What the day brings to reviews: the next one planned, agendas opened, figures frozen; gives back how many.

    Once a week automatic answers are picked for two people to look at, before anything is frozen.
    """
    auditing.draw(now=now)
    planned = 1 if planning.plan_quarterly(now=now) else 0
    opened = planning.due_to_open(now=now)
    for slug in opened:
        open_review(None, slug, now=now)
    frozen = planning.due_to_freeze(now=now)
    for slug in frozen:
        freeze_review(None, slug, now=now)
    events = cycles.keep_cycles(now=now) + short.end_those_due(now=now)
    return planned + len(opened) + len(frozen) + events


def _left_from_before(slug: str, now: datetime) -> dict[str, list[str]]:
    """What the desk's own items are about: promises and questions that are open, what went wrong in the period.

    Claims are named by number alone: corrected, with a passage withheld, or appealed about; each page says which.
    """
    begin = planning.begins_at(slug)
    corrected = notes_reads.claims_of(notes_that_stopped(begin, now)).values()
    withheld = claims_withheld_since(begin)
    appealed = claims_reads.claims_appealed()
    wrong = dict.fromkeys((*sorted(set(corrected)), *withheld, *appealed))
    return {
        CARRIED_OVER: [
            *(f"commitment {number}" for number in commitments_reads.open_numbers()),
            *(f"inquiry {number}" for number in inquiries_reads.unanswered()),
        ],
        INCIDENT: [f"claim {number}" for number in wrong],
    }
