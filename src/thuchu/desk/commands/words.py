"""The command line's own words, in Vietnamese and English."""

from typing import Literal

from thuchu.desk.api.answers import AnswerOut, FactOut, LinkOut, MatchOut
from thuchu.desk.journey import MessageRefused
from thuchu.desk.library.exporting import OWN_WORDS

Language = Literal["vi", "en"]

_WORDS = {
    "vi": {
        "suggest": "Tin bạn nhận có phải là một trong những tin này?",
        "disputed": "Những nơi công bố kết luận khác nhau; đây là các bên.",
        "none": (
            "Chúng tôi chưa biết. Câu hỏi của bạn đã vào hàng chờ. "
            "Trong lúc chờ, bạn đừng vội chuyển tiền hay bấm vào liên kết."
        ),
        "fact": "Nguồn chính thức nói thế này; hai người ở đây đã đọc.",
        "checked": "Xem lại ngày {day}: {url}",
        "where": "Mỗi nơi một khác. Bạn hỏi lại, viết cả tên xã, phường: {areas}.",
        "reports": "{publisher} kết luận: {words}",
        "page": "Trang riêng của bạn: {url}",
        "listed": "Cẩn thận: danh sách của {publisher} có tên trang {host}.",
        "look_alike": "Cẩn thận: {host} không phải là {official}.",
        "empty": "Tin còn trống. Bạn viết tin vào rồi hỏi lại.",
        "too_long": "Tin dài {got} ký tự, chúng tôi đọc được nhiều nhất {limit}. Bạn bớt lại giúp.",
        "no_words": "Tin này không có chữ nào để tra. Bạn viết nội dung tin bằng chữ nhé.",
        "nothing_left": "Ngoài thông tin cá nhân ra, tin không còn chữ nào. Bạn gửi phần có nội dung nhé.",
    },
    "en": {
        "suggest": "Is the message you got one of these?",
        "disputed": "Publishers disagree about this; here are all sides.",
        "none": (
            "We don't know yet. Your question is in the queue. "
            "Until there is an answer, don't send money and don't open the link."
        ),
        "fact": "This is what an official source says; two people here have read it.",
        "checked": "Checked on {day}: {url}",
        "where": "It differs from place to place. Ask again and name the commune: {areas}.",
        "reports": "{publisher} reports: {words}",
        "page": "Your private page: {url}",
        "listed": "Careful: {publisher}'s list names the site {host}.",
        "look_alike": "Careful: {host} isn't {official}.",
        "empty": "The message is empty. Write it, then ask again.",
        "too_long": "The message has {got} characters; we read at most {limit}. Please send a part of it.",
        "no_words": "There are no words in this that we could look up. Write what the message says in words.",
        "nothing_left": "Nothing is left of the message but personal data. Send the part that says something.",
    },
}


def answer_lines(answer: AnswerOut, language: Language) -> list[str]:
    """An answer as lines to print, warnings about links first."""
    words = _WORDS[language]
    lines = [_link_line(link, language) for link in answer.links if link.warning]
    if answer.disputed:
        lines.append(words["disputed"])
    elif answer.areas_wanted:
        lines.append(words["where"].format(areas=", ".join(answer.areas_wanted)))
    elif answer.decision != "answer":
        lines.append(words[answer.decision])
    for fact in answer.facts:
        lines += _fact_lines(fact, language)
    shown = answer.matches[:1] if answer.decision == "answer" else answer.matches
    for match in shown:
        lines += _match_lines(match, language)
    lines.append(words["page"].format(url=answer.status_url))
    return lines


def refusal_line(refused: MessageRefused, language: Language) -> str:
    """Why a message could not be looked up, and what to do."""
    return _WORDS[language][refused.code].format(got=refused.got, limit=refused.limit)


def _fact_lines(fact: FactOut, language: Language) -> list[str]:
    name, value = (fact.name_en, fact.value_en or fact.value) if language == "en" else (fact.name, fact.value)
    place = f" ({fact.area_name})" if fact.area_name else ""
    checked = _WORDS[language]["checked"].format(day=fact.checked_on.isoformat(), url=fact.source_url)
    return [f"{name}{place}: {value}", f"  “{fact.quote}”", f"  {checked}"]


def _match_lines(match: MatchOut, language: Language) -> list[str]:
    verdict = OWN_WORDS[language].get(match.verdict or "", match.verdict_words)
    reports = _WORDS[language]["reports"].format(publisher=match.publisher, words=match.verdict_words or verdict)
    return [f"{verdict}: “{match.claim}”", f"  {reports}", f"  {match.url}"]


def _link_line(link: LinkOut, language: Language) -> str:
    return _WORDS[language][link.warning or ""].format(host=link.host, publisher=link.publisher, official=link.official)
