"""What the paper of a drill says, in both languages: two catalogues side by side, as documents have them."""

from thuchu.documents.tree import Language

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("Kết quả diễn tập", "What the drill found"),
    "subtitle": ("Một ngày bầu cử gặp chuyện, diễn trên một bản sao", "An election day that goes wrong, on a copy"),
    "notice": (
        "Mọi tin, người và số ở đây đều bịa ra cho buổi diễn tập. Không có gì trong số đó xảy ra ngoài đời, "
        "và bàn kiểm chứng thật không bị đụng tới.",
        "Every message, person and number here was made up for the drill. None of it happened, and the desk "
        "itself was not touched.",
    ),
    "date": ("Ngày {day}", "{day}"),
    "number": ("Diễn tập {seed}", "Drill {seed}"),
    "summary": ("Tóm tắt", "In short"),
    "held": (
        "{held} trên {asked} yêu cầu được đáp ứng.",
        "{held} of {asked} requirements held.",
    ),
    "again": (
        "Ai cũng có thể diễn lại bằng lệnh: thuchu drill election --seed {seed} (thuchu {version}).",
        "Anybody can play it again: thuchu drill election --seed {seed} (thuchu {version}).",
    ),
    "what": ("Việc gì", "What"),
    "found": ("Kết quả", "Found"),
    "bar": ("Yêu cầu", "Required"),
    "verdict": ("Đạt?", "Held?"),
    "yes": ("đạt", "yes"),
    "no": ("chưa đạt", "no"),
    "only_told": ("–", "–"),
    "flood": ("Câu hỏi dồn dập", "A flood of questions"),
    "flood_about": (
        "Rất nhiều người hỏi cùng lúc về một ít tin đồn. Thời gian tính từ lúc câu hỏi tới cửa đến lúc có câu trả lời.",
        "A great many people ask at once about a few rumours. Time runs from when a question comes to the door "
        "until it is answered.",
    ),
    "import": ("Tệp bị đầu độc", "A poisoned import"),
    "import_about": (
        "Một tệp mang tên nơi công bố quen thuộc, trên những trang không phải của nơi đó, bảo rằng tin đồn là đúng.",
        "A file in the name of a trusted publisher, on pages that aren't theirs, calls the rumours true.",
    ),
    "ratings": ("Đánh giá có dàn xếp", "A rating attack"),
    "ratings_about": (
        "Một nhóm đánh giá như mọi người để trông như bất đồng với nhau, rồi cùng nâng một ghi chú sai và dìm một "
        "ghi chú tốt.",
        "A group rates like everybody else so that its members seem to disagree, then lifts a false note and sinks "
        "a good one together.",
    ),
    "fact": ("Ghim nhầm thông tin", "A wrong pinned fact"),
    "fact_about": (
        "Hai người xác nhận một giờ đóng cửa sai, có người được trả lời theo đó, rồi thông tin được sửa.",
        "Two people confirm a wrong closing hour, people are told it, and then it is put right.",
    ),
    "questions": ("Câu hỏi, trong bao lâu", "Questions, in how long"),
    "messages": ("Tin khác nhau", "Different messages"),
    "lost": ("Câu hỏi bị mất", "Questions lost"),
    "failed": ("Trang báo lỗi", "Pages that failed"),
    "asked_p50_ms": ("Trả lời trên trang, một nửa nhanh hơn (ms)", "Answer on the page, half are faster than (ms)"),
    "asked_p95_ms": (
        "Trả lời trên trang, 95 trong 100 nhanh hơn (ms)",
        "Answer on the page, 95 of 100 are faster than (ms)",
    ),
    "checked_p95_ms": (
        "Kiểm tra qua API, 95 trong 100 nhanh hơn (ms)",
        "Check through the API, 95 of 100 are faster than (ms)",
    ),
    "opened_p95_ms": (
        "Mở lại trang riêng, 95 trong 100 nhanh hơn (ms)",
        "Private page opened again, 95 of 100 are faster than (ms)",
    ),
    "first_ten": (
        "Trong các tin được hỏi nhiều nhất, bao nhiêu tin đứng đầu hàng chờ",
        "Of the messages asked most, how many stand first in the queue",
    ),
    "records": ("Bản ghi trong tệp", "Records in the file"),
    "taken": ("Bản ghi được nhận vào, chỉ để gợi ý", "Records taken in, to be suggested only"),
    "suggested": ("Câu hỏi có gợi ý từ tệp đó", "Questions that were shown one as a suggestion"),
    "answered": ("Câu hỏi được trả lời từ tệp đó", "Questions answered from it"),
    "people": ("Người đánh giá", "People who rate"),
    "attackers": ("Trong đó, người dàn xếp", "Of whom attackers"),
    "wrongly_published": ("Ghi chú không nên công bố mà được công bố", "Notes published that shouldn't be"),
    "lifted": ("Ghi chú sai bị nâng: trạng thái (quy tắc)", "The false note they lifted: status (rule)"),
    "sunk": ("Ghi chú tốt bị dìm: trạng thái (quy tắc)", "The good note they sank: status (rule)"),
    "good_published": ("Ghi chú tốt khác được công bố", "Other good notes published"),
    "one_person_refused": (
        "Một người tự xác nhận thông tin mình ghim: bị từ chối",
        "One person confirming their own: refused",
    ),
    "unconfirmed_answered": (
        "Câu hỏi được trả lời bằng thông tin chưa có người thứ hai xác nhận",
        "Questions answered from what no second person confirmed",
    ),
    "told_wrong": ("Người hỏi được trả lời theo thông tin sai", "Askers told the wrong fact"),
    "told_right": (
        "Trong đó, bao nhiêu người được báo lại ngay khi sửa",
        "Of them, told the right one as soon as it changed",
    ),
    "stale_answered": (
        "Câu hỏi được trả lời sau khi thông tin quá hạn kiểm tra lại",
        "Questions answered after the fact was due to be checked again",
    ),
}


def say(key: str, language: Language, **values: object) -> str:
    """The words; raises KeyError for what nobody says."""
    return _WORDS[key][language == "en"].format(**values)
