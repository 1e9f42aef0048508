"""Plain text, dates, languages and verdicts out of the words that publishers write."""

import csv
from datetime import date
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.claimreview import Verdict, verdict_of
from thuchu.claimreview.dates import date_of
from thuchu.claimreview.languages import language_of
from thuchu.claimreview.plain import TooManyEscapes, cut, is_garbled, plain_line, plain_text

# Pieces from which markup, entities and their ruins are made.
MARKUP = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<p", ">", "<", "&", "amp;", "lt;", "#60;", "#x3C;", "<!--", "-->", "<script>", "x", " ", "\n"]
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Nước <b>muối</b></p><p>không</p>", "Nước muối\n\nkhông"),
        ("Một<br/>hai<BR >ba", "Một\nhai\nba"),
        ("Q&amp;A, AT&T &amp;amp; &#39;x&#39; &nbsp;&hellip;", "Q&A, AT&T & 'x' …"),
        ("&lt;b&gt;đậm&lt;/b&gt;", "đậm"),
        ("&" + "amp;" * 50 + " &" + "#38;" * 50, "& &"),
        ("a<script>alert('b')</script>c<!-- d -->e<style>f", "ace"),
        ("giá x <y và z> w, 1 < 2 > 0, i <3 u", "giá x <y và z> w, 1 < 2 > 0, i <3 u"),
        ("&notes; &copy=1 &fake;", "&notes; &copy=1 &fake;"),
        ("Ca\u0300 phe\u0302\u200b\ufeff sữa\x00", "Cà phê sữa"),
        ("  một \t hai\r\n\r\n\r\n  ba  ", "một hai\n\nba"),
        ("Empty", ""),
        ("null", ""),
        ("Null là số không", "Null là số không"),
    ],
)
def test_text_comes_out_plain(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@given(MARKUP | st.text(max_size=200))
@settings(max_examples=100)
def test_plain_text_of_plain_text_is_itself(text: str) -> None:
    try:
        plain = plain_text(text)
    except TooManyEscapes:
        return

    assert plain_text(plain) == plain
    assert plain_line(plain_line(text)) == plain_line(text)
    assert plain.encode().decode() == plain


@given(st.text(max_size=120).map(plain_text), st.integers(2, 100))
@settings(max_examples=100)
def test_a_cut_text_fits_and_is_not_cut_again(text: str, chars_max: int) -> None:
    short = cut(text, chars_max)

    assert len(short) <= chars_max
    assert cut(short, chars_max) == short
    assert plain_text(short) == short


@pytest.mark.parametrize(
    "text", ["Tiếng Việt có dấu đầy đủ", "São Paulo é à vontade", "Straße über Ærø", "ÃO Â°", "中文 事實", "🙏 ok"]
)
def test_ordinary_letters_are_not_taken_for_garbled_ones(text: str) -> None:
    assert not is_garbled(text)


@pytest.mark.parametrize("text", ["Tiếng Việt có dấu", "informação à população", "Nước muối “không” diệt virus"])
def test_utf8_read_as_windows_1252_is_known(text: str) -> None:
    garbled = "".join(
        chr(b) if b in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([b]).decode("cp1252") for b in text.encode()
    )

    assert is_garbled(garbled)


@pytest.mark.parametrize(
    "text",
    [
        "2019-01-05",
        "2019-1-5",
        " 2019/1/5 ",
        "20190105",
        "2019-01-05T23:59:59+07:00",
        "2019-01-05 20:24:15",
        "2019-01-05T00:00:00.000Z",
        "05/01/2019",
        "5/1/2019 10:00",
        "5-1-2019",
        "5.1.2019",
        "5 January 2019",
        "Sat, 5 Jan 2019 10:00:00 GMT",
        "January 5, 2019",
        "Jan. 5th 2019",
        "ngày 5 tháng 1 năm 2019",
        "5 tháng 01, năm 2019",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert date_of(text) == date(2019, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hôm qua",
        "12/25/2019",
        "2019-02-30",
        "0001-01-01",
        "1970-01-01",
        "1546300800",
        "2019",
        "01/02/19",
        "2019-01-05abc",
        "٢٠١٩-٠١-٠٥x",
    ],
)
def test_what_is_no_certain_date_is_none(text: str) -> None:
    assert date_of(text) is None


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
@settings(max_examples=100)
def test_every_iso_date_is_read(day: date) -> None:
    assert date_of(day.isoformat()) == day
    assert date_of(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=150))
@settings(max_examples=100)
def test_any_text_gives_a_date_a_language_and_a_verdict_or_none(text: str) -> None:
    assert date_of(text) is None or isinstance(date_of(text), date)
    assert language_of(language_of(text)) == language_of(text)
    assert verdict_of(text) in {None, *Verdict}


@pytest.mark.parametrize(
    "text", ["vi", "VI", "vi-VN", "vi_VN", "vie", "Vietnamese", "vietnamese", "Tiếng Việt", "tieng viet"]
)
def test_a_language_is_known_by_tag_and_name(text: str) -> None:
    assert language_of(text) == "vi"


@pytest.mark.parametrize(
    ("text", "tag"), [("pt-BR", "pt"), ("Portuguese", "pt"), ("fil", "fil"), ("und", ""), ("", ""), ("???", "")]
)
def test_other_languages_are_too(text: str, tag: str) -> None:
    assert language_of(text) == tag


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Sai", Verdict.FALSE),
        ("SAI SỰ THẬT!", Verdict.FALSE),
        ("❌ Tin giả.", Verdict.FALSE),
        ("Pants on Fire!", Verdict.FALSE),
        ("falso", Verdict.FALSE),
        ("C’est faux", Verdict.FALSE),
        ("Gây hiểu lầm", Verdict.MISLEADING),
        ("Missing Context", Verdict.MISLEADING),
        ("Distorcido", Verdict.MISLEADING),
        ("Outdated", Verdict.OUTDATED),
        ("Impossível provar", Verdict.UNPROVEN),
        ("Chưa có bằng chứng", Verdict.UNPROVEN),
        ("“Đúng”", Verdict.TRUE),
        ("Verdadeiro", Verdict.TRUE),
    ],
)
def test_sure_words_have_one_of_our_verdicts(words: str, verdict: Verdict) -> None:
    assert verdict_of(words) is verdict


@pytest.mark.parametrize(
    "words",
    [
        "",
        "1",
        "5/5",
        "Mostly false",
        "Half true",
        "Exagerado",
        "Verdadeiro, mas",
        "Đúng một phần",
        "Not false",
        "False?! No: true",
        "Satire",
        "Altered",
        "Unverified",
        "Scam",
        "De olho",
        "sai su that",
        "Falsehood",
        "True or false",
    ],
)
def test_words_that_are_not_sure_have_none(words: str) -> None:
    assert verdict_of(words) is None


def test_the_table_of_verdict_words_contradicts_itself_nowhere() -> None:
    text = resources.files("thuchu.claimreview").joinpath("verdict_words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))

    verdicts: dict[str, set[str]] = {}
    for row in rows:
        verdicts.setdefault(row["words"], set()).add(row["verdict"])

    assert [words for words, given_to in verdicts.items() if len(given_to) > 1] == []
    assert all(verdict_of(row["words"]) == row["verdict"] for row in rows)
    assert len({(row["language"], row["words"]) for row in rows}) == len(rows)
