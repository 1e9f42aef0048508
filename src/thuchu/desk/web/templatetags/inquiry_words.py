"""What the pages about questions to organisations say in small pieces: how they stand, by which rule, which day counts.

No adjective of the desk's: days, and what came.
"""

from datetime import date

from django import template
from django.utils import dateformat
from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from thuchu.desk.inquiries.reads import CountedDay, InquiryView, StepView
from thuchu.desk.inquiries.sending import LAW_NOTICE_DAYS
from thuchu.desk.inquiries.wording import standing
from thuchu.desk.reviews.wording import organisation_name
from thuchu.desk.web.templatetags.words import day, number

register = template.Library()

OUTCOMES = {
    "answered": gettext_noop("Answered"),
    "partly_answered": gettext_noop("Answered in part"),
    "refused": gettext_noop("Declined to answer"),
    "not_held": gettext_noop("Says that it doesn't have this information"),
}
HOWS = {
    "letter": gettext_noop("by letter"),
    "form": gettext_noop("by a form of its own"),
    "mail": gettext_noop("by e-mail"),
    "in_person": gettext_noop("in person"),
}
STEPS = {
    "sent": gettext_noop("The question was sent"),
    "acknowledged": gettext_noop("The organisation said that it has the question"),
    "extended": gettext_noop("The organisation wrote that it takes longer"),
    "answered": gettext_noop("An answer came"),
    "withdrawn": gettext_noop("The desk took the question back"),
}
RULES = {
    "desk": gettext_noop("The desk chose the time itself."),
    "law_at_hand": gettext_noop(
        "Law on Access to Information 104/2016/QH13, article 31: what is simple and at hand, within 5 working days."
    ),
    "law": gettext_noop(
        "Law on Access to Information 104/2016/QH13, article 31: notice within 3 working days, an answer or a refusal "
        "in writing within 15."
    ),
}
RULE_CHOICES = {
    "desk": gettext_noop("The desk's own choice"),
    "law_at_hand": gettext_noop("The law, for what is simple and at hand: 5 working days"),
    "law": gettext_noop("The law, for everything else: 15 working days"),
}
WHYS = {
    "weekend": gettext_noop("weekend"),
    "holiday": gettext_noop("holiday"),
    "working_weekend": gettext_noop("a weekend's day on which offices work"),
    "moved": gettext_noop("the next working day"),
}
UNITS = {"working": gettext_noop("working days"), "calendar": gettext_noop("calendar days")}


register.filter(organisation_name)
register.filter(standing)


@register.filter
def due_standing(view: InquiryView) -> str:
    """Until when an answer is due, or how long ago it was; "" where nothing is due any more."""
    due = {"due": day(view.due_on), "days": number(view.days_late)}
    if view.timeliness == "waiting":
        return gettext("An answer is due by %(due)s.") % due
    if view.timeliness != "overdue":
        return ""
    return (
        ngettext(
            "An answer was due by %(due)s, %(days)s day ago.",
            "An answer was due by %(due)s, %(days)s days ago.",
            view.days_late,
        )
        % due
    )


@register.filter
def weekday(value: date) -> str:
    """“Thứ Sáu”, “Friday”."""
    return dateformat.format(value, "l")


@register.filter
def outcome_of_inquiry(outcome: str) -> str:
    """What an answer did with the question; nothing about whether anything is so."""
    return gettext(OUTCOMES[outcome])


@register.filter
def how_sent(how: str) -> str:
    """Which way a question went."""
    return gettext(HOWS[how])


@register.filter
def inquiry_step(kind: str) -> str:
    """A step of a question's way."""
    return gettext(STEPS[kind])


@register.filter
def rule_of_due(rule: str) -> str:
    """By which rule a due day is reckoned."""
    return gettext(RULES[rule])


@register.filter
def rule_choice(rule: str) -> str:
    """The same, to choose from."""
    return gettext(RULE_CHOICES[rule])


@register.filter
def unit_word(unit: str) -> str:
    """Working or calendar days."""
    return gettext(UNITS[unit])


@register.filter
def how_counted(step: StepView) -> str:
    """“5 ngày làm việc, kể từ sau ngày 20/11/2026”."""
    said = {"days": number(step.days), "day": day(step.counted_from)}
    if step.unit == "working":
        return ngettext("%(days)s working day after %(day)s", "%(days)s working days after %(day)s", step.days) % said
    return ngettext("%(days)s calendar day after %(day)s", "%(days)s calendar days after %(day)s", step.days) % said


@register.filter
def why_counted(each: CountedDay) -> str:
    """Why a day of a count isn't one like others: a weekend, a holiday by its name; "" for an ordinary one."""
    if not each.why:
        return ""
    name = each.name_en if get_language() == "en" else each.name_vi
    return f"{gettext(WHYS[each.why])}: {name}" if name else gettext(WHYS[each.why])


@register.filter
def notice_due(view: InquiryView) -> str:
    """By when the law wants to be told how long it takes; "" by any other rule."""
    if view.due_rule != "law" or not view.steps:
        return ""
    third = next((each.day for each in view.steps[0].counted if each.number == LAW_NOTICE_DAYS), None)
    return gettext("It says by %(day)s how long it takes.") % {"day": day(third)} if third else ""
