"""The sample content keeps its own rules: counts, sources, wording, and nothing about people."""

import csv
import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SAMPLE = Path(__file__).parents[2] / "src" / "thuchu" / "desk" / "library" / "sample"

# Only here may a source be added: whoever cites a new host has looked at it and knows whose it is.
REVIEWED_HOSTS = {
    "bocongan.gov.vn",
    "dichvucong.gov.vn",
    "moh.gov.vn",
    "nchmf.gov.vn",
    "quochoi.vn",
    "vanban.chinhphu.vn",
    "vneid.gov.vn",
    "www.evn.com.vn",
    "www.sbv.gov.vn",
    "consumer.ftc.gov",
    "ods.od.nih.gov",
    "safetosleep.nichd.nih.gov",
    "science.nasa.gov",
    "www.cancer.gov",
    "www.cdc.gov",
    "www.cpsc.gov",
    "www.eac.gov",
    "www.fcc.gov",
    "www.fda.gov",
    "www.fema.gov",
    "www.ic3.gov",
    "www.investor.gov",
    "www.irs.gov",
    "www.nasa.gov",
    "www.nccih.nih.gov",
    "www.nist.gov",
    "www.noaa.gov",
    "www.ready.gov",
    "www.usa.gov",
    "www.usgs.gov",
    "www.uspis.gov",
    "www.weather.gov",
    "www.electoralcommission.org.uk",
    "www.fca.org.uk",
    "www.ncsc.gov.uk",
    "www.nhs.uk",
    "support.google.com",
    "support.mozilla.org",
    "www.aao.org",
    "www.aec.gov.au",
    "www.heart.org",
    "www.iau.org",
    "www.who.int",
}

VERDICT_WORDS = {
    "vi": {
        "Sai": "false",
        "Gây hiểu lầm": "misleading",
        "Đã cũ": "outdated",
        "Chưa có bằng chứng": "unproven",
        "Đúng": "true",
    },
    "en": {
        "False": "false",
        "Misleading": "misleading",
        "Outdated": "outdated",
        "Unproven": "unproven",
        "True": "true",
    },
}
KEYS = {
    "@context",
    "@type",
    "url",
    "claimReviewed",
    "name",
    "reviewBody",
    "reviewRating",
    "author",
    "datePublished",
    "inLanguage",
    "citation",
    "keywords",
}
# What a phone shows in two lines under the verdict.
WHY_CHARS_MAX = 260

_SENTENCE_END = re.compile(r"(?<=[.?])\s+(?=[“(]?[A-ZÀ-ỸĐ0-9])")
_PERSONAL = re.compile(
    r"(?P<phone>\+?\d(?:[\s.()-]?\d){8,})|(?P<mail>[\w.+-]+@[\w-]+\.\w+)|(?P<handle>(?<!\w)@\w{3,})"
    r"|(?P<profile>(?:facebook|fb|tiktok|zalo|t)\.(?:com|me)/)"
)
_PARTISAN = re.compile(
    r"ứng cử viên|\bđảng\b|\bcandidates?\b|\bpart(?:y|ies)\b|\bdemocrats?\b|\brepublicans?\b|\blabour\b"
    r"|\bconservatives?\b|\bpresident\b|\bprime minister\b|chủ tịch|thủ tướng",
    re.IGNORECASE,
)
# “hóa, khóa, thủy”: the mark stands on the first vowel of an open oa, oe, uy.
_MARK_ON_SECOND_VOWEL = re.compile(r"\b\w*(?:o[áàảãạéèẻẽẹ]|(?<![qQ])u[ýỳỷỹỵ])\b")
_OFFICIALESE = re.compile(r"vui lòng|quý khách|kính mong|đối tượng|vi phạm|tiến hành|!", re.IGNORECASE)


def _records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / "fact-checks.jsonl").read_text("utf-8").splitlines()]


def _questions() -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = json.loads((SAMPLE / "questions.json").read_text("utf-8"))
    return questions


def _links() -> list[dict[str, str]]:
    with (SAMPLE / "links.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _slug(record: dict[str, Any]) -> str:
    return str(record["url"]).removeprefix("/sample/")


def _prose(record: dict[str, Any]) -> str:
    return f"{record['claimReviewed']}\n{record['name']}\n{record['reviewBody']}"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _offenders(pattern: re.Pattern[str], records: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(_slug(record), match.group()) for record in records if (match := pattern.search(_prose(record)))]


def test_every_line_is_one_claim_review_of_the_sample_publisher() -> None:
    records = _records()

    assert all(set(record) == KEYS for record in records)
    assert {(record["@context"], record["@type"]) for record in records} == {("https://schema.org", "ClaimReview")}
    assert all(record["author"] == {"@type": "Organization", "name": "Thực Hư sample"} for record in records)
    assert all(set(record["reviewRating"]) == {"@type", "alternateName"} for record in records)


def test_there_are_enough_fact_checks_half_of_them_vietnamese() -> None:
    languages = Counter(record["inLanguage"] for record in _records())

    assert set(languages) == {"vi", "en"}
    assert languages.total() >= 84
    assert languages["vi"] * 2 == languages.total()


def test_every_topic_has_its_share_in_both_languages() -> None:
    topics = Counter((record["inLanguage"], *record["keywords"]) for record in _records())

    for language in ("vi", "en"):
        assert topics[language, "health"] >= 12
        assert topics[language, "scams"] >= 11
        assert topics[language, "disasters"] >= 6
        assert topics[language, "technology"] >= 7
        assert topics[language, "voting"] >= 6


def test_addresses_are_relative_ascii_and_unique() -> None:
    urls = [record["url"] for record in _records()]

    assert all(re.fullmatch(r"/sample/[a-z0-9]+(?:-[a-z0-9]+)+", url) for url in urls)
    assert len(set(urls)) == len(urls)


def test_no_claim_or_title_stands_twice() -> None:
    records = _records()

    for field in ("claimReviewed", "name"):
        texts = Counter(_folded(record[field]) for record in records)
        assert [text for text, times in texts.items() if times > 1] == []


def test_verdicts_are_words_of_the_five_and_each_is_there() -> None:
    verdicts = Counter(
        VERDICT_WORDS[record["inLanguage"]][record["reviewRating"]["alternateName"]] for record in _records()
    )

    assert verdicts["true"] >= 8
    assert verdicts["outdated"] >= 6
    assert verdicts["unproven"] >= 6
    assert verdicts["misleading"] >= 6
    assert verdicts["false"] >= verdicts.total() // 3


def test_a_claim_is_one_sentence_of_its_own_length() -> None:
    for record in _records():
        claim = record["claimReviewed"]

        assert 40 <= len(claim) <= 200, claim
        assert claim.endswith("."), claim
        assert len(_SENTENCE_END.split(claim)) == 1, claim


def test_a_title_does_not_repeat_a_claim_that_is_not_true() -> None:
    for record in _records():
        title, claim = _folded(record["name"]), _folded(record["claimReviewed"])

        assert 15 <= len(record["name"]) <= 110, record["name"]
        assert title not in claim, record["name"]
        assert claim not in title, record["name"]


def test_the_why_fits_two_lines() -> None:
    for record in _records():
        sentences = _SENTENCE_END.split(record["reviewBody"])

        assert len(sentences) >= 4, record["url"]
        assert len(" ".join(sentences[:2])) <= WHY_CHARS_MAX, record["url"]


def test_a_body_has_60_to_140_words_of_plain_text() -> None:
    for record in _records():
        body = record["reviewBody"]

        assert 60 <= len(body.split()) <= 140, record["url"]
        assert not re.search(r"[<>\n\t]|  |https?:|&\w+;", body), record["url"]


def test_vietnamese_is_composed_and_accented_and_english_is_not() -> None:
    for record in _records():
        prose = _prose(record)
        accented = sum(not char.isascii() for char in prose if char.isalpha()) / sum(char.isalpha() for char in prose)

        assert unicodedata.is_normalized("NFC", prose), record["url"]
        assert (accented > 0.15) == (record["inLanguage"] == "vi"), record["url"]
        assert accented > 0.15 or accented == 0, record["url"]


def test_tone_marks_stand_in_one_place_throughout() -> None:
    vietnamese = [record for record in _records() if record["inLanguage"] == "vi"]

    assert _offenders(_MARK_ON_SECOND_VOWEL, vietnamese) == []


def test_nobody_is_shouted_at_or_spoken_to_in_officialese() -> None:
    assert _offenders(_OFFICIALESE, _records()) == []


def test_every_fact_check_cites_reviewed_hosts_over_https() -> None:
    for record in _records():
        sources = [urlsplit(address) for address in record["citation"]]

        assert sources, record["url"]
        assert len(set(record["citation"])) == len(sources), record["url"]
        assert {source.scheme for source in sources} == {"https"}, record["url"]
        assert {source.netloc for source in sources} <= REVIEWED_HOSTS, record["url"]


def test_no_reviewed_host_is_left_over() -> None:
    cited = {urlsplit(address).netloc for record in _records() for address in record["citation"]}

    assert cited >= REVIEWED_HOSTS


def test_dates_are_days_within_the_stated_time() -> None:
    days = [date.fromisoformat(record["datePublished"]) for record in _records()]

    assert min(days) >= date(2025, 1, 1)
    assert max(days) <= date(2026, 11, 20)


def test_no_text_holds_personal_data() -> None:
    questions = [question["text"] for question in _questions()]

    assert _offenders(_PERSONAL, _records()) == []
    assert [text for text in questions if _PERSONAL.search(text)] == []


def test_nothing_is_said_about_candidates_parties_or_who_governs() -> None:
    assert _offenders(_PARTISAN, _records()) == []


def test_the_guards_recognise_what_they_forbid() -> None:
    assert _PERSONAL.search("gọi 0901 234 567 nhé")
    assert _PERSONAL.search("viết cho an.nguyen@mail.example")
    assert _PARTISAN.search("Ứng cử viên nào tốt hơn")
    assert _MARK_ON_SECOND_VOWEL.search("khoá tài khoản")
    assert not _MARK_ON_SECOND_VOWEL.search("khóa tài khoản, quý khách, thủy triều, hoàn toàn")


def test_the_link_list_names_reserved_hosts_only() -> None:
    links = _links()
    hosts = [entry["host"].partition("/")[0] for entry in links]

    assert len(links) >= 25
    assert all(re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.example", host) for host in hosts)
    assert len(set(hosts)) == len(hosts)
    assert any("/" in entry["host"] for entry in links)
    assert all(date(2025, 1, 1) <= date.fromisoformat(entry["since"]) <= date(2026, 11, 20) for entry in links)


def test_questions_point_at_fact_checks_or_say_that_there_is_none() -> None:
    slugs = {_slug(record) for record in _records()}
    asked = [question["slug"] for question in _questions()]

    assert len(asked) >= 20
    assert {slug for slug in asked if slug is not None} <= slugs
    assert asked.count(None) >= 2
    assert len(set(asked)) == len(asked) - asked.count(None) + 1


def test_questions_are_long_enough_to_be_answered_and_not_the_claims_words() -> None:
    claims = {_slug(record): _folded(record["claimReviewed"]) for record in _records()}

    for question in _questions():
        text = _folded(question["text"])
        assert 8 <= len(question["text"].split()) <= 60, text
        assert question["slug"] is None or claims[question["slug"]] not in text, text


def test_questions_are_written_as_people_write() -> None:
    texts = [question["text"] for question in _questions()]
    languages = {_slug(record): record["inLanguage"] for record in _records()}
    vietnamese = [question["text"] for question in _questions() if languages.get(question["slug"]) == "vi"]
    linked = [address for text in texts for address in re.findall(r"https?://\S+", text)]

    assert len([text for text in vietnamese if text.isascii()]) >= 3
    assert len(vietnamese) >= 8
    assert linked
    assert {urlsplit(address).hostname for address in linked} <= {entry["host"] for entry in _links()}
