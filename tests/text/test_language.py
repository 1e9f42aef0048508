"""Languages are told by everyday words, with accents and without, and not where nothing tells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.text.folding import strip_accents
from thuchu.text.language import detect

VIETNAMESE = [
    "Nghe nói uống nước lá ổi thì khỏi cần tiêm, có đúng không mọi người?",
    "Ngân hàng nhắn tin bắt cập nhật sinh trắc học qua đường dẫn này",
    "mẹ em vừa được gửi tin này trong nhóm, cho em hỏi thật hay giả",
]
OTHERS = {
    "en": "They said the new law will stop people from getting their money back, is that true?",
    "pt": "Vi uma mensagem dizendo que o governo vai cobrar imposto das pessoas que usam o aplicativo",
    "es": "Me llegó un mensaje que dice que las personas mayores no pueden viajar sin permiso, ¿es cierto?",
    "fr": "On dit que les hôpitaux ne sont pas ouverts et que le vaccin est dangereux pour les enfants",
    "de": "Es wird behauptet, dass die Wahl nicht stattfindet und der Strom für eine Woche ausfällt",
    "ru": "Говорят, что завтра закроют все магазины",
    "zh": "听说明天所有商店都要关门",
    "ja": "あしたすべての店がしまるそうです",
    "th": "เขาบอกว่าพรุ่งนี้ร้านค้าจะปิดทั้งหมด",
}


@pytest.mark.parametrize("text", VIETNAMESE)
def test_vietnamese_is_known_with_and_without_accents(text: str) -> None:
    assert detect(text) == "vi"
    assert detect(strip_accents(text)) == "vi"


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_other_languages_are_not_taken_for_vietnamese_or_english(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   ", "12.500", "OTP", "👍👍", "https"])
def test_nothing_to_go_by_has_no_language(text: str) -> None:
    assert detect(text) == ""


@given(st.text(max_size=300))
@settings(max_examples=100)
def test_any_text_gets_a_code_or_none(text: str) -> None:
    assert len(detect(text)) in (0, 2)
