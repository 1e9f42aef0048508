"""How a question to an organisation stands, in days; no adjective of the desk's."""

from django.utils.translation import gettext, ngettext

from thuchu.desk.inquiries.reads import InquiryView
from thuchu.desk.wording import day, number


def standing(view: InquiryView) -> str:
    """How a question stands, in days: “Đã hỏi ngày 20/11/2026; chưa trả lời (10 ngày).”"""
    asked = {"day": day(view.sent_on), "due": day(view.due_on)}
    if view.timeliness == "withdrawn":
        return gettext("Asked on %(day)s; taken back by the desk.") % asked
    if view.answers:
        return _answered(view, asked)
    days = view.days_waited
    silent = ngettext(
        "Asked on %(day)s; no answer yet (%(days)s day).", "Asked on %(day)s; no answer yet (%(days)s days).", days
    )
    return silent % {**asked, "days": number(days)}


def _answered(view: InquiryView, asked: dict[str, str]) -> str:
    said = {**asked, "came": day(view.answers[0].received_on), "days": number(view.days_late)}
    if not view.days_late:
        return gettext("Asked on %(day)s; answered on %(came)s, within the time.") % said
    late = ngettext(
        "Asked on %(day)s; answered on %(came)s, %(days)s day after it was due.",
        "Asked on %(day)s; answered on %(came)s, %(days)s days after it was due.",
        view.days_late,
    )
    return late % said
