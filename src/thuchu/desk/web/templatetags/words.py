"""What the pages say in small pieces: verdicts, dates, numbers, names of languages, and a message as it was kept."""

import re
from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext, gettext_noop

from thuchu.desk import wording
from thuchu.desk.library.reads import FactCheckView
from thuchu.privacy import PLACEHOLDERS

register = template.Library()
# Pages and letters say these alike.
verdict_word = register.filter(wording.verdict_word)
day = register.filter(wording.day)
clock = register.filter(wording.clock)
number = register.filter(wording.number)
VIET_NAM = wording.VIET_NAM
VERDICTS = wording.VERDICTS
COVERED = {
    "phone": gettext_noop("phone number"),
    "email": gettext_noop("e-mail address"),
    "id number": gettext_noop("ID number"),
    "passport": gettext_noop("passport number"),
    "tax code": gettext_noop("tax code"),
    "account": gettext_noop("bank account"),
    "card": gettext_noop("card number"),
    "profile": gettext_noop("personal page"),
    "plate": gettext_noop("number plate"),
    "coordinates": gettext_noop("coordinates"),
}
ENTRY_KINDS = {
    "desk.simulated": gettext_noop("The desk was marked as a simulation"),
    "publisher.added": gettext_noop("A publisher became known"),
    "publisher.hosts_added": gettext_noop("Hosts joined a publisher's list"),
    "publisher.admitted": gettext_noop("A publisher was admitted"),
    "fact_checks.imported": gettext_noop("Fact-checks were imported"),
    "fact_check.withdrawn": gettext_noop("A fact-check was withdrawn"),
    "link_list.imported": gettext_noop("A list of links was loaded"),
    "link_list.removed": gettext_noop("A list of links was taken away"),
    "evidence.captured": gettext_noop("A page was kept as evidence"),
    "evidence.rotted": gettext_noop("The source of a quote no longer shows it"),
    "evidence.recovered": gettext_noop("The source of a quote shows it again"),
    "contributor.joined": gettext_noop("Somebody joined"),
    "contributor.left": gettext_noop("Somebody left, and their account is erased"),
    "role.granted": gettext_noop("A role was given"),
    "role.revoked": gettext_noop("A role was taken, or given back"),
    "role.handed_over": gettext_noop("A coordinator handed the role over to another"),
    "note.written": gettext_noop("A note was written"),
    "note.edited": gettext_noop("A note was edited by its author"),
    "note.withdrawn": gettext_noop("A note was taken back by its author"),
    "note.rechecked": gettext_noop("A published note was looked at again, and still holds"),
    "notes.erased": gettext_noop("Notes were erased with a private matter"),
    "ratings.entered": gettext_noop("Ratings came in, shuffled"),
    "round.held": gettext_noop("A round computed every status"),
    "statuses.changed": gettext_noop("Statuses that a round changed"),
    "plots.moved": gettext_noop("Pictures of how ratings lie, which a round moved"),
    "fact_check.agreed": gettext_noop("A note was agreed and published"),
    "fact_check.no_longer_agreed": gettext_noop("A published note is no longer agreed"),
    "report.received": gettext_noop("Somebody said that something is wrong"),
    "report.closed": gettext_noop("Two people answered what was said to be wrong"),
    "claim.opened": gettext_noop("A question that nothing answered opened a claim"),
    "claim.reworded": gettext_noop("A claim was said in other words"),
    "claim.translated": gettext_noop("A claim was translated"),
    "claim.frozen": gettext_noop("A claim's words were fixed by its first rating"),
    "claim.erased": gettext_noop("A claim went with its last question"),
    "claim.areas_set": gettext_noop("The areas of a claim were set"),
    "claim.topics_set": gettext_noop("The topics of a claim were set"),
    "claim.merged": gettext_noop("Two people joined a claim to another"),
    "claim.split": gettext_noop("Two people split a claim"),
    "claim.closed": gettext_noop("Two people closed a claim as not checkable"),
    "claim.withheld": gettext_noop("Two people covered a passage for some days"),
    "claim.merge_undone": gettext_noop("The joining of two claims was undone"),
    "claim.split_undone": gettext_noop("The splitting of a claim was undone"),
    "claim.closing_undone": gettext_noop("The closing of a claim was undone"),
    "claim.withholding_undone": gettext_noop("The covering of a passage was undone"),
    "claim.appealed": gettext_noop("Somebody appealed against an act of two people"),
    "claim.appeal_decided": gettext_noop("A third person decided an appeal"),
    "commitment.agreed": gettext_noop("A review agreed on a commitment"),
    "commitment.updated": gettext_noop("Somebody said how far a commitment is"),
    "commitment.confirmed": gettext_noop("A commitment was confirmed as done"),
    "commitment.report_refused": gettext_noop("A report that a commitment is done was refused"),
    "commitment.judged": gettext_noop("Frozen figures judged a commitment"),
    "commitment.extended": gettext_noop("A resolution moved a commitment's day"),
    "commitment.dropped": gettext_noop("A resolution dropped a commitment"),
    "commitment.replaced": gettext_noop("A resolution replaced a commitment"),
    "areas.loaded": gettext_noop("A file of areas was loaded"),
    "topic.added": gettext_noop("A topic was added"),
    "event.opened": gettext_noop("An event was opened"),
    "event.changed": gettext_noop("An event was changed"),
    "event.source_pinned": gettext_noop("An official source was pinned to an event"),
    "event.source_confirmed": gettext_noop("A second person confirmed a pinned source"),
    "event.source_taken_down": gettext_noop("A pinned source was taken down"),
    "event.evidence_declared": gettext_noop("A rule of evidence was declared for an event"),
    "event.claim_added": gettext_noop("A claim was put under an event"),
    "event.fact_pinned": gettext_noop("A fact of an event was pinned"),
    "event.fact_confirmed": gettext_noop("A second person confirmed a fact of an event"),
    "event.fact_checked": gettext_noop("The source of a fact was looked at again"),
    "event.fact_taken_down": gettext_noop("A fact of an event was taken down"),
    "event.fact_archived": gettext_noop("A fact was archived with its event"),
    "event.fact_lapsed": gettext_noop("A fact that nobody confirmed lapsed with its event"),
    "event.steps_set": gettext_noop("Steps of an event were given their times"),
    "event.claim_removed": gettext_noop("A claim was taken from an event"),
    "review.cycle_begun": gettext_noop("An event is reviewed at short intervals"),
    "event.prebunk_written": gettext_noop("A prebunk of an event was written"),
    "event.prebunk_changed": gettext_noop("A prebunk of an event was changed"),
    "event.shift_laid_out": gettext_noop("A shift of an event was laid out"),
    "event.shift_cancelled": gettext_noop("A shift of an event was cancelled"),
    "event.shifts_over": gettext_noop("Who was on duty at an event was erased"),
    "review.planned": gettext_noop("A review was planned"),
    "review.arranged": gettext_noop("A review was put at another time or place"),
    "review.cancelled": gettext_noop("A review was cancelled"),
    "review.opened": gettext_noop("A review's agenda was opened"),
    "review.audit_drawn": gettext_noop("Automatic answers were picked for the random check"),
    "review.item_proposed": gettext_noop("Something was proposed for a review"),
    "review.item_accepted": gettext_noop("A proposal came on a review's agenda"),
    "review.item_refused": gettext_noop("A proposal for a review was refused, with its reason"),
    "review.items_ordered": gettext_noop("A review's agenda was put in order"),
    "review.item_closed": gettext_noop("A meeting was done with an item"),
    "review.attendance": gettext_noop("A review's attendance was written down"),
    "review.name_erased": gettext_noop("A name was taken from a review's attendance"),
    "review.frozen": gettext_noop("A review's figures were frozen"),
    "review.corrected": gettext_noop("A review's figures were reckoned again, beside the frozen ones"),
    "review.held": gettext_noop("A review was held"),
    "review.resolution_recorded": gettext_noop("A resolution was recorded"),
    "review.resolution_confirmed": gettext_noop("A second person confirmed a resolution"),
    "review.resolution_taken_back": gettext_noop("A resolution was taken back before it counted"),
    "review.minutes_drafted": gettext_noop("A review's minutes were drafted"),
    "review.minutes_written": gettext_noop("A part of a review's minutes was written"),
    "review.minutes_out": gettext_noop("A review's minutes are out"),
    "review.minutes_final": gettext_noop("A review's minutes are final"),
    "review.remark_received": gettext_noop("Somebody asked about a figure, or objected to minutes"),
    "review.remark_answered": gettext_noop("A question or an objection was answered"),
    "review.edition_made": gettext_noop("A paper was made of a review"),
    "review.published": gettext_noop("A review was published"),
    "review.amended": gettext_noop("Two people amended a published review"),
    "organisation.added": gettext_noop("An organisation that may be asked was added"),
    "organisation.changed": gettext_noop("An organisation has another name or area"),
    "organisation.ended": gettext_noop("An organisation has ended"),
    "holidays.loaded": gettext_noop("A file of holidays was loaded"),
    "inquiry.sent": gettext_noop("A question was sent to an organisation"),
    "inquiry.acknowledged": gettext_noop("An organisation said that it has a question"),
    "inquiry.extended": gettext_noop("An organisation wrote that its answer takes longer"),
    "inquiry.answered": gettext_noop("An organisation's answer was written down"),
    "inquiry.withdrawn": gettext_noop("A question to an organisation was taken back"),
    "inquiry.erased": gettext_noop("The words of a question to an organisation went with a private matter"),
}
# What entries are about: the first part of a subject, in words, with its number or name.
SUBJECTS = {
    "publisher": gettext_noop("Publisher %(name)s"),
    "fact_check": gettext_noop("Fact-check %(name)s"),
    "pseudonym": gettext_noop("Contributor %(name)s"),
    "claim": gettext_noop("Claim %(name)s"),
    "note": gettext_noop("Note %(name)s"),
    "event": gettext_noop("Event %(name)s"),
    "report": gettext_noop("Report %(name)s"),
    "commitment": gettext_noop("Commitment %(name)s"),
    "topic": gettext_noop("Topic %(name)s"),
    "capture": gettext_noop("Kept page %(name)s"),
    "evidence": gettext_noop("Evidence %(name)s"),
    "ratings": gettext_noop("Batch of ratings %(name)s"),
    "round": gettext_noop("Round %(name)s"),
    "desk": gettext_noop("This desk"),
    "areas": gettext_noop("Table of areas"),
    "organisation": gettext_noop("Organisation %(name)s"),
    "review": gettext_noop("Review %(name)s"),
    "inquiry": gettext_noop("Question to an organisation %(name)s"),
    "holidays": gettext_noop("Table of holidays"),
    "publishers named in the file": gettext_noop("The publishers named in the file"),
}
ROLES = {
    "contributor": gettext_noop("contributor"),
    "coordinator": gettext_noop("coordinator"),
    "operator": gettext_noop("operator"),
}
ACTS = {
    "read": gettext_noop("read everything that is public here"),
    "ask": gettext_noop("ask about a message they received"),
    "practise": gettext_noop("rate practice notes, whose outcome is known"),
    "rate": gettext_noop("rate others' notes"),
    "write_note": gettext_noop("write notes with evidence, and edit their own"),
    "answer_report": gettext_noop("answer, two together, what others say is wrong"),
    "judge_answer": gettext_noop("judge, two of them, whether an automatic answer was about the question"),
    "take_claim": gettext_noop("take a claim to work on"),
    "take_shift": gettext_noop("take a shift of an event, give it back, swap it"),
    "invite": gettext_noop("invite people they know"),
    "appeal": gettext_noop("appeal against an act that keeps order"),
    "make_token": gettext_noop("make tokens for their own programs, which ask and nothing else"),
    "propose_merge": gettext_noop("propose that two claims are one"),
    "confirm_merge": gettext_noop("confirm, as the second person, that two claims are one"),
    "propose_split": gettext_noop("propose that a claim is two"),
    "confirm_split": gettext_noop("confirm, as the second person, that a claim is two"),
    "propose_not_checkable": gettext_noop("propose that a claim can't be checked"),
    "confirm_not_checkable": gettext_noop("confirm, as the second person, that a claim can't be checked"),
    "propose_withhold": gettext_noop("propose to cover a passage for some days"),
    "confirm_withhold": gettext_noop("confirm, as the second person, that a passage is covered"),
    "decide_appeal": gettext_noop("decide, as the third person, an appeal"),
    "set_areas": gettext_noop("say which areas a claim is about"),
    "set_topics": gettext_noop("say which topics a claim is about"),
    "manage_events": gettext_noop("open events and pin official sources"),
    "hand_over": gettext_noop("hand a coordinator's role over to another who accepts it"),
    "hold_review": gettext_noop("hold open reviews: agenda, attendance, resolutions and minutes, with two people"),
    "follow_commitment": gettext_noop("report what became of a commitment, and confirm what others reported"),
    "ask_organisation": gettext_noop("ask an organisation in the desk's name, in public"),
    "admit_publisher": gettext_noop("admit publishers, two together and after seven days in the open"),
    "grant_role": gettext_noop("give and take roles, each time with a public entry"),
    "see_letters": gettext_noop("see to letters that no mail server took, without seeing to whom they go"),
    "see_jobs": gettext_noop("see what the machine is doing"),
    "see_settings": gettext_noop("see how the machine is set"),
}
LETTERS = {
    "confirm": gettext_noop("Asks whether an address is somebody's"),
    "answer": gettext_noop("Says the answer"),
    "fact": gettext_noop("Says what an official source says"),
    "disputed": gettext_noop("Says that those who checked it disagree"),
    "suggest": gettext_noop("Says that some fact-checks may be about it"),
    "being_rated": gettext_noop("Says that there are notes, and nothing is agreed yet"),
    "waiting": gettext_noop("Says that the question waits"),
    "not_a_fact": gettext_noop("Says that no verdict is given"),
    "private": gettext_noop("Says that no verdict is given"),
}
SCOPES = {
    "check": gettext_noop("ask about messages, faster than others"),
    "wishes": gettext_noop("say where an asker is, and by when they need to know"),
}
_PAGES = {
    "fact_check": "/f/%s",
    "publisher": "/publishers/#publisher-%s",
    "claim": "/c/%s",
    "note": "/n/%s",
    "event": "/e/%s",
    "report": "/reports/%s",
    "organisation": "/organisations/#organisation-%s",
    "review": "/reviews/%s/",
    "inquiry": "/inquiries/%s",
    "commitment": "/commitments/%s",
}
LINK_REASONS = {
    "userinfo": gettext_noop("What stands before the @ sign leads nowhere; the part behind it is what opens."),
    "homoglyphs": gettext_noop("It uses letters or figures that only look like the right ones."),
    "punycode": gettext_noop("It puts an accent on a letter where the real one has none."),
    "brand_subdomain": gettext_noop("The name stands at its beginning, but its end says whose site it is."),
    "wrong_suffix": gettext_noop("The name is the same, but its ending is another."),
    "brand_inside": gettext_noop("The name is in it, with other words around it."),
    "changed_letters": gettext_noop("One letter of the name is another."),
    "added_letters": gettext_noop("The name has a letter too many."),
    "missing_letters": gettext_noop("A letter of the name is missing."),
}
# Django's own Vietnamese calls it "Tiếng Việt Nam", which nobody says.
VIETNAMESE = gettext_noop("Vietnamese")
_KIND_OF = {placeholder: str(kind) for kind, placeholder in PLACEHOLDERS.items()}


@register.filter
def quoted_claim(view: FactCheckView) -> str:
    """`Sai: “…”`: the verdict word, ours or the publisher's own, then the claim in quotation marks."""
    word = verdict_word(view.verdict) or view.verdict_words or gettext("Fact-check")
    return f"{word}: “{view.claim}”"


@register.inclusion_tag("parts/verdict.html")
def verdict(code: str | None, size: str = "") -> dict[str, str]:
    """A verdict as colour, shape and word together; never one of them alone."""
    return {"code": code or "unmapped", "word": verdict_word(code), "size": size}


@register.inclusion_tag("parts/shape.html")
def shape(code: str) -> dict[str, str]:
    """The drawing that goes with a verdict, hidden from screen readers: the word says it."""
    return {"code": code}


@register.filter
def spoken(code: str) -> str:
    """The name of a language in the page's language; its code where nobody has told us a name.

    Not `language_name`: Django's own filter of that name, which templates load, always answers in English.
    """
    try:
        name: str = get_language_info(code)["name_translated"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


@register.filter
def covered(kinds: Sequence[str]) -> str:
    """Kinds of personal data as a list in words."""
    return join_words([gettext(COVERED[kind]) for kind in kinds])


@register.filter
def quoted_words(words: Sequence[str]) -> str:
    """Words of a message, each between quotation marks."""
    return ", ".join(f"“{word}”" for word in words)


@register.filter
def message(text: str, words: Sequence[str] = ()) -> SafeString:
    """A kept message: the words that matched marked, what was covered in the page's own language."""
    parts = [re.escape(placeholder) for placeholder in _KIND_OF]
    parts += [rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words, key=len, reverse=True)]
    pattern = re.compile("|".join(parts), re.IGNORECASE)
    done, pieces = 0, []
    for found in pattern.finditer(text):
        pieces += [("", text[done : found.start()]), (found.group(), "")]
        done = found.end()
    pieces.append(("", text[done:]))
    return format_html_join("", "{}", ((_piece(hit) if hit else plain,) for hit, plain in pieces))


@register.filter
def entry_kind(kind: str) -> str:
    """What an entry of the ledger records, in words; its own name for a kind that is newer than these words."""
    return gettext(ENTRY_KINDS[kind]) if kind in ENTRY_KINDS else kind


@register.filter
def entry_link(subject: str) -> str:
    """The page about an entry's subject; "" when there is none."""
    room, _, name = subject.partition(":")
    return _PAGES[room] % name if room in _PAGES and name else ""


@register.filter
def entry_subject(subject: str) -> str:
    """What an entry is about, in words: “Claim 5”; as it stands for a subject that is newer than these words."""
    room, _, name = subject.partition(":")
    return gettext(SUBJECTS[room]) % {"name": name} if room in SUBJECTS else subject


@register.filter
def role_word(role: str) -> str:
    """A role in words."""
    return gettext(ROLES[role])


@register.filter
def letter_kind(kind: str) -> str:
    """What a letter says, in words."""
    return gettext(LETTERS[kind])


@register.filter
def scope_word(scope: str) -> str:
    """What a token may do, in words."""
    return gettext(SCOPES[scope])


@register.filter
def act_words(act: str) -> str:
    """What somebody may do, in words that follow “may”."""
    return gettext(ACTS[act])


@register.filter
def link_reason(reason: str) -> str:
    """How an address resembles an official one; "" where only that it does is known."""
    return gettext(LINK_REASONS[reason]) if reason in LINK_REASONS else ""


def join_words(words: Sequence[str]) -> str:
    """“a, b and c” in the page's language."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(all_but_last)s and %(last)s") % {"all_but_last": ", ".join(words[:-1]), "last": words[-1]}


def _piece(hit: str) -> SafeString:
    kind = _KIND_OF.get(hit)
    if kind is None:
        return format_html("<mark>{}</mark>", hit)
    return format_html('<span class="covered">{}</span>', gettext(COVERED[kind]))
