"""ClaimReview in JSON-LD, in the shapes in which sites write it."""

import json
import time
from datetime import date
from typing import Any

import pytest
from fact_checks import CLAIM, URL, claim_review, packed, read, records, refusal, row

from thuchu.claimreview import Refusal, Row, Verdict, Withdrawal

# 100,000 characters in tiny pieces make fifty thousand refusals, each of a few microseconds.
SECONDS_MAX = 2.0


def one(**changes: Any) -> Any:
    return row(json.dumps(claim_review(**changes))).record


def remarks(**changes: Any) -> tuple[str, ...]:
    return row(json.dumps(claim_review(**changes))).remarks


def test_one_object_is_one_record() -> None:
    record = one(name="Nước muối không diệt virus", datePublished="2026-03-01", inLanguage="vi-VN")

    assert (record.url, record.claim, record.title) == (URL, CLAIM, "Nước muối không diệt virus")
    assert (record.verdict_words, record.verdict) == ("Sai", Verdict.FALSE)
    assert (record.date_published, record.language) == (date(2026, 3, 1), "vi")


@pytest.mark.parametrize(
    "document",
    [
        claim_review(),
        [claim_review()],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Báo"}, claim_review()]},
        {"@type": "Article", "headline": "Bài", "review": {"deep": [claim_review()]}},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [claim_review()]}]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": claim_review()}]},
        {"@type": "DataFeed", "dataFeedElement": [claim_review()]},
        {"@type": "DataFeed", "dataFeedElement": [{"url": URL, "item": [claim_review(url=None)]}]},
    ],
)
def test_a_claim_review_is_found_wherever_it_stands(document: object) -> None:
    [record] = records(json.dumps(document))

    assert (record.url, record.claim, record.verdict) == (URL, CLAIM, Verdict.FALSE)


@pytest.mark.parametrize(
    "type_",
    ["ClaimReview", ["ClaimReview"], ["Article", "ClaimReview"], "http://schema.org/ClaimReview", "schema:ClaimReview"],
)
def test_the_type_may_be_a_list_or_carry_a_prefix(type_: object) -> None:
    assert one(at_type=type_).claim == CLAIM


def test_an_object_without_a_type_is_known_by_its_claim() -> None:
    assert one(at_type=None).claim == CLAIM


def test_properties_may_carry_a_prefix_and_value_objects() -> None:
    expanded = {
        "@type": ["http://schema.org/ClaimReview"],
        "http://schema.org/url": [{"@id": URL}],
        "http://schema.org/claimReviewed": [{"@value": CLAIM, "@language": "vi"}],
        "schema:reviewRating": {"https://schema.org/alternateName": [{"@value": "Sai"}]},
    }

    record = row(json.dumps(expanded)).record

    assert (record.url, record.claim, record.verdict) == (URL, CLAIM, Verdict.FALSE)


@pytest.mark.parametrize(
    "rating",
    [
        "Sai",
        ["Sai"],
        {"alternateName": "Sai"},
        {"alternateName": ["Sai"]},
        {"name": "Sai"},
        {"ratingValue": "Sai"},
        {"alternateName": "  <b>Sai</b>&nbsp;", "ratingValue": 5, "bestRating": 5},
        [{"ratingValue": 1}, {"alternateName": "Sai"}],
    ],
)
def test_the_verdict_words_are_found_in_every_kind_of_rating(rating: object) -> None:
    record = one(reviewRating=rating)

    assert (record.verdict_words, record.verdict) == ("Sai", Verdict.FALSE)


@pytest.mark.parametrize("value", [1, 1.0, "1", "5", "4/5", "80 %", None, True])
def test_a_number_alone_is_no_verdict(value: object) -> None:
    record = one(reviewRating={"ratingValue": value, "bestRating": 5, "worstRating": 1})

    assert (record.verdict_words, record.verdict) == ("", None)


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Organization", "name": "Kiểm Chứng"},
        {"@type": ["NewsMediaOrganization"], "name": ["Kiểm Chứng"]},
        [{"@type": "Person", "name": "Planted Person"}, {"@type": "NGO", "name": "Kiểm Chứng"}],
        {"@type": "http://schema.org/Organization", "name": " Kiểm   Chứng "},
    ],
)
def test_the_publisher_is_the_organisation_that_checked(author: object) -> None:
    assert one(author=author).publisher == "Kiểm Chứng"


def test_the_publisher_property_counts_where_the_author_is_a_person() -> None:
    record = one(author={"@type": "Person", "name": "Người Viết"}, publisher={"@type": "Organization", "name": "Báo A"})

    assert record.publisher == "Báo A"


def test_a_reference_within_the_document_is_followed() -> None:
    graph = [
        {"@type": "Organization", "@id": "#desk", "name": "Kiểm Chứng"},
        {"@type": "Claim", "@id": "#claim", "appearance": "https://bao.example.vn/tin"},
        claim_review(author={"@id": "#desk"}, itemReviewed={"@id": "#claim"}),
    ]

    record = row(json.dumps({"@graph": graph})).record

    assert (record.publisher, record.appearances) == ("Kiểm Chứng", ("https://bao.example.vn/tin",))


@pytest.mark.parametrize(
    "item",
    [
        {"@type": "Claim", "appearance": "https://bao.example.vn/tin"},
        {"@type": "Claim", "appearance": [{"@type": "CreativeWork", "url": "https://bao.example.vn/tin"}]},
        {"@type": "Claim", "firstAppearance": {"url": "https://bao.example.vn/tin"}},
        {"@type": "CreativeWork", "url": "https://bao.example.vn/tin"},
        [{"@type": "Claim", "appearance": ["https://bao.example.vn/tin", "https://bao.example.vn/tin"]}],
    ],
)
def test_the_pages_on_which_a_claim_was_seen_are_kept(item: object) -> None:
    assert one(itemReviewed=item).appearances == ("https://bao.example.vn/tin",)


def test_evidence_is_kept() -> None:
    record = one(
        citation=["https://who.example.org/a", {"url": "https://b.example.org"}], isBasedOn="https://c.example.org"
    )

    assert record.citations == ("https://who.example.org/a", "https://b.example.org", "https://c.example.org")


def test_the_explanation_is_the_body_or_what_stands_for_it() -> None:
    rating = {"alternateName": "Sai", "ratingExplanation": "Muối không diệt virus."}

    assert one(reviewBody="Thân bài.", reviewRating=rating).explanation == "Thân bài."
    assert one(reviewRating=rating, description="Mô tả.").explanation == "Muối không diệt virus."
    assert one(description="Mô tả.").explanation == "Mô tả."


def test_a_withdrawn_element_says_when() -> None:
    feed = {"dataFeedElement": [{"dateDeleted": "2026-05-01T10:00:00Z", "item": [claim_review()]}]}

    assert row(json.dumps(feed)).record.date_deleted == date(2026, 5, 1)


@pytest.mark.parametrize("item", [None, [], [{"@type": "ClaimReview", "url": URL}]])
def test_a_withdrawn_element_need_not_repeat_its_claims(item: object) -> None:
    feed = {"dataFeedElement": [{"url": URL, "dateDeleted": "2026-05-01", "item": item}]}

    [outcome] = read(json.dumps(feed))

    assert isinstance(outcome, Withdrawal)
    assert (outcome.url, outcome.date_deleted) == (URL, date(2026, 5, 1))


def test_an_unreadable_withdrawal_is_refused_rather_than_passed_over() -> None:
    problem = refusal(json.dumps({"dataFeedElement": [{"dateDeleted": "hôm qua", "item": [claim_review()]}]}))

    assert problem.field == "dateDeleted"
    assert "hôm qua" not in str(problem)


def test_a_search_answer_of_the_fact_check_api_is_read() -> None:
    review = {
        "publisher": {"name": "Kiểm Chứng", "site": "kiemchung.example.vn"},
        "url": URL,
        "title": "Nước muối không diệt virus",
        "reviewDate": "2026-03-01T00:00:00Z",
        "textualRating": "Sai",
        "languageCode": "vi",
    }
    answer = {"claims": [{"text": CLAIM, "claimant": "Planted Person", "claimReview": [review]}], "nextPageToken": "x"}

    record = row(json.dumps(answer)).record

    assert (record.url, record.claim, record.publisher, record.verdict) == (URL, CLAIM, "Kiểm Chứng", Verdict.FALSE)
    assert record.date_published == date(2026, 3, 1)


def test_a_markup_page_of_the_fact_check_api_is_read() -> None:
    markup = {
        "url": URL,
        "claimReviewed": CLAIM,
        "rating": {"textualRating": "Sai"},
        "claimAuthor": {"name": "Planted"},
    }
    page = {"pageUrl": URL, "publishDate": "2026-03-01", "claimReviewAuthor": {"name": "Kiểm Chứng"}}

    record = row(json.dumps({"claimReviewMarkupPages": [page | {"claimReviewMarkups": [markup]}]})).record

    assert (record.claim, record.publisher, record.verdict) == (CLAIM, "Kiểm Chứng", Verdict.FALSE)


def test_a_refusal_says_where_in_the_document_which_field_and_what_to_do() -> None:
    feed = {
        "dataFeedElement": [{"item": [claim_review()]}, {"item": [claim_review(), claim_review(claimReviewed=" ")]}]
    }

    problem = read(json.dumps(feed), "feed.json")[2]

    assert isinstance(problem, Refusal)
    assert str(problem) == (
        "feed.json, dataFeedElement[1].item[1], claimReviewed: holds no words; add the claim that was checked"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": None}, "url"),
        ({"url": "khong phai dia chi"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https:www.example.vn/tin"}, "url"),
        ({"url": "https://user:secret@example.vn/tin"}, "url"),
        ({"url": "https://[::1/tin"}, "url"),
        ({"url": "https://example.vn/" + "a" * 2_000}, "url"),
        ({"url": "https://example.vn/\ud83d"}, "url"),
        ({"claimReviewed": None}, "claimReviewed"),
        ({"claimReviewed": "?!"}, "claimReviewed"),
        ({"claimReviewed": "a" * 10_001}, "claimReviewed"),
        ({"claimReviewed": "Tiáº¿ng Viá»‡t bá»‹ há»ng"}, "claimReviewed"),
        ({"claimReviewed": "<" * 9 + "b>" * 9}, "claimReviewed"),
        ({"author": {"@type": "Organization", "name": "n" * 201}}, "publisher"),
        ({"dateDeleted": "0001-01-01"}, "dateDeleted"),
    ],
)
def test_a_record_that_would_be_empty_ambiguous_or_wrong_is_refused(changes: dict[str, object], field: str) -> None:
    problem = refusal(json.dumps(claim_review(**changes)))

    assert problem.field == field


def test_what_is_cut_is_said() -> None:
    made = row(json.dumps(claim_review(reviewBody="dài " * 6_000)))

    assert len(made.record.explanation) <= 20_000
    assert made.record.explanation.endswith("dài…")
    assert made.remarks == ("explanation: cut from 23,999 to 20,000 characters",)


def test_what_is_not_understood_is_left_out_and_said() -> None:
    assert remarks(datePublished="12/25/2019") == (
        "datePublished: left out, “12/25/2019” is no date between 1990 and 2099 that we can read",
    )
    assert remarks(inLanguage="!") == ("inLanguage: left out, not a language tag such as vi or en-GB",)
    assert remarks(citation="sách giáo khoa") == ("citation: 1 left out, no http or https address",)
    assert remarks(claimReviewed=["Một", "Hai"]) == ("claimReviewed: the first of 2 values is read",)
    assert remarks(sdLicense="x" * 501) == (
        "sdLicense: left out, longer than 500 characters; give its name or address",
    )


def test_a_name_that_stands_twice_is_never_chosen_unseen() -> None:
    text = json.dumps(claim_review())[:-1] + ', "claimReviewed": "Điều khác hẳn"}'

    problem = refusal(text)

    assert (problem.field, problem.reason) == ("claimReviewed", "stands twice with different values; keep one")


def test_a_name_that_stands_twice_with_one_value_does_no_harm() -> None:
    assert row(json.dumps(claim_review())[:-1] + f', "url": "{URL}"}}').record.url == URL


def test_a_document_with_two_lists_of_one_name_says_that_one_was_not_read() -> None:
    problem, made = read(f'{{"@graph": [1], "@graph": [{json.dumps(claim_review())}]}}')

    assert isinstance(problem, Refusal)
    assert (problem.field, "only the last one was read" in problem.reason) == ("@graph", True)
    assert isinstance(made, Row)


def test_a_feed_with_two_lists_says_that_one_was_not_read() -> None:
    good = json.dumps(claim_review())

    made, problem = read(f'{{"dataFeedElement": [{good}], "dataFeedElement": [{good}]}}')

    assert isinstance(made, Row)
    assert isinstance(problem, Refusal)
    assert problem.reason == "has dataFeedElement twice; only the first was read"


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("", "ends in the middle; what stands before was read, fetch the file again"),
        (', {"@type": "Claim', "isn't JSON: unterminated string starting at; what stands before was read"),
        ("]", "is broken behind its last element; all were read"),
        ('], "name" }', "is broken behind its last element; all were read"),
    ],
)
def test_a_feed_that_breaks_off_keeps_what_stands_before(ending: str, reason: str) -> None:
    made, problem = read(f'{{"@type": "DataFeed", "dataFeedElement": [{json.dumps(claim_review())}{ending}')

    assert isinstance(made, Row)
    assert isinstance(problem, Refusal)
    assert problem.reason == reason


@pytest.mark.parametrize("ending", ["]}", "]\n}\n", '], "dateModified": "2026-01-01", "x": [1]}'])
def test_a_feed_may_go_on_behind_its_elements(ending: str) -> None:
    assert len(records(f'{{"name": "dataFeedElement", "dataFeedElement": [{json.dumps(claim_review())}{ending}')) == 1


def test_a_feed_inside_another_object_is_read_whole() -> None:
    feed = {"@graph": [{"@type": "DataFeed", "dataFeedElement": [{"item": claim_review()}]}]}

    assert row(json.dumps(feed)).path == "@graph[0].dataFeedElement[0].item"


def test_a_long_feed_is_read_element_by_element_across_the_windows_edge() -> None:
    reviews = [claim_review(claimReviewed=f"Tin số {n} " + "dài " * (n % 700)) for n in range(400)]
    feed = {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [{"item": [r]} for r in reviews]}

    for text in (json.dumps(feed), json.dumps(feed, indent=1, ensure_ascii=False), json.dumps(reviews)):
        assert [r.claim for r in records(text)] == [str(r["claimReviewed"]).strip() for r in reviews]


def test_an_element_that_is_not_utf8_is_refused_alone() -> None:
    good = json.dumps(claim_review()).encode()
    bad = json.dumps(claim_review(claimReviewed="Sai è"), ensure_ascii=False).encode("latin-1")

    outcomes = read(b"[" + good + b"," + bad + b"," + good + b"]")

    assert [type(outcome) for outcome in outcomes] == [Row, Refusal, Row]
    assert "UTF-8" in str(outcomes[1])


PIECES = ["1,", "[],", "{},", '{"item":[]},', "[", '{"a":', '"', " ", ",", "]", '{"dataFeedElement":[', "NaN,"]
LONG_ELEMENT = '{"claimReviewed":"' + "a" * 900_000 + '"},'


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("start", ["[", '{"dataFeedElement":['])
def test_hostile_elements_are_read_in_seconds(start: str, piece: str) -> None:
    text = start + piece * (100_000 // len(piece))

    started = time.process_time()
    outcomes = read(text)

    assert time.process_time() - started < SECONDS_MAX
    assert all(isinstance(outcome, Refusal) for outcome in outcomes)


@pytest.mark.long
@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_hostile_elements_behind_a_long_one_takes_no_longer_for_each(piece: str) -> None:
    text = "[" + LONG_ELEMENT + piece * (1_000_000 // len(piece))

    started = time.process_time()
    outcomes = read(text)

    assert time.process_time() - started < 10 * SECONDS_MAX
    assert all(isinstance(outcome, Refusal) for outcome in outcomes)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000, "1" + "0" * 40 + ".5"])
def test_numbers_that_are_none_are_read_as_nothing(number: str) -> None:
    text = json.dumps(claim_review(reviewRating={"alternateName": "Sai", "ratingValue": 7})).replace(
        ": 7}", f": {number}}}"
    )

    assert row(text).record.verdict is Verdict.FALSE


def test_nul_and_lone_surrogates_in_text_leave_text_that_can_be_stored() -> None:
    record = one(claimReviewed="Nước\u0000 muối \ud83d mặn", name="a\u200bb")

    assert (record.claim, record.title) == ("Nước muối \ufffd mặn", "ab")
    assert record.claim.encode()


@pytest.mark.parametrize("depth", [100, 5_000, 200_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_nesting_bomb_is_one_refusal(depth: int, opening: str) -> None:
    closing = "]" if opening == "[" else "}"

    [problem] = read(opening * depth + "1" + closing * depth)

    assert isinstance(problem, Refusal)


def test_an_element_without_a_claim_review_is_named() -> None:
    made, problem = read(json.dumps([claim_review(), {"@type": "Article", "headline": "Tin"}]))

    assert isinstance(made, Row)
    assert isinstance(problem, Refusal)
    assert (problem.path, "ClaimReview" in problem.reason) == ("[1]", True)


@pytest.mark.parametrize("text", ["{", '{"a": }', '{"@type": "ClaimReview"', "[1, 2", "[]", "{}", "[null]"])
def test_json_that_is_broken_or_holds_nothing_is_a_refusal(text: str) -> None:
    outcomes = read(text)

    assert outcomes
    assert all(isinstance(outcome, Refusal) for outcome in outcomes)


def test_a_packed_document_is_unpacked() -> None:
    assert records(packed(json.dumps(claim_review())))[0].claim == CLAIM


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_document_may_be_in_any_unicode_encoding(encoding: str) -> None:
    assert records(json.dumps(claim_review(), ensure_ascii=False).encode(encoding))[0].claim == CLAIM


def test_a_document_that_is_not_unicode_says_on_which_line() -> None:
    problem = refusal(json.dumps(claim_review(claimReviewed="Sai è"), ensure_ascii=False, indent=1).encode("latin-1"))

    assert "UTF-8" in problem.reason
    assert problem.line == 5
