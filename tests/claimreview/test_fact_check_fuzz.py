"""Whatever a file holds: never an exception, never a half record, never an outcome that can't be stored."""

import gzip
import json
from typing import Any

import pytest
from fact_checks import CLAIM, URL, claim_review, fact_check_records, read
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.claimreview import FactCheckRecord, Outcome, Refusal, Row, content_digest, record_key, to_jsonld, verdict_of
from thuchu.claimreview.addresses import why_left_out, why_unreadable
from thuchu.claimreview.limits import ADDRESSES_MAX, CLAIM_CHARS_MAX, EXPLANATION_CHARS_MAX, TITLE_CHARS_MAX
from thuchu.claimreview.plain import plain_text

NAMES = st.sampled_from(
    [
        "@type",
        "@id",
        "@graph",
        "@value",
        "url",
        "claimReviewed",
        "reviewRating",
        "alternateName",
        "ratingValue",
        "author",
        "itemReviewed",
        "appearance",
        "firstAppearance",
        "name",
        "item",
        "dataFeedElement",
        "dateDeleted",
        "datePublished",
        "inLanguage",
        "citation",
        "sdLicense",
        "claims",
        "claimReview",
        "text",
        "publisher",
        "claimReviewMarkups",
        "rating",
        "schema:url",
        "http://schema.org/claimReviewed",
    ]
)
VALUES = st.sampled_from(
    [
        "ClaimReview",
        "Organization",
        "Person",
        "Claim",
        "Sai",
        "vi",
        "2026-01-05",
        URL,
        CLAIM,
        "https://",
        "#a",
        "",
        "\ud800",
        "\0",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | VALUES | st.text(max_size=20)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=30,
)
REVIEWS = st.dictionaries(NAMES, TREES, max_size=6).map(lambda changes: claim_review() | changes)
CELLS = st.sampled_from(
    [URL, CLAIM, "Sai", "2026-01-05", '"', '""', "\r", "\n", "\r\n", ",", "\t", ";", "'", "=1", "\0", "x"]
)


@st.composite
def spoilt(draw: st.DrawFn, content: bytes) -> bytes:
    """`content` with a few bytes taken out, put in or changed."""
    raw = bytearray(content)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(raw)))
        raw[place : place + draw(st.integers(0, 5))] = draw(st.binary(max_size=4))
    return bytes(raw)


DOCUMENTS = TREES.map(json.dumps) | REVIEWS.map(json.dumps) | st.lists(REVIEWS, max_size=3).map(json.dumps)
JSON_LINES = st.lists(REVIEWS.map(json.dumps) | st.text(max_size=20), max_size=5).map("\n".join)
PAGES = st.lists(
    DOCUMENTS
    | st.sampled_from(["<script type='application/ld+json'>", "</script>", "<!--", "-->", "<script>", "<p>", ";"]),
    max_size=8,
).map(lambda parts: "<" + "".join(parts))
TABLES = st.lists(CELLS, max_size=40).map(lambda cells: "url,claim,verdict,date_deleted\n" + "".join(cells))
TEXTS = (DOCUMENTS | JSON_LINES | PAGES | TABLES).map(lambda text: text.encode("utf-8", "surrogatepass"))
PACKED = TEXTS.map(lambda text: gzip.compress(text, mtime=0))
FILES = TEXTS | TEXTS.flatmap(spoilt) | PACKED.flatmap(spoilt) | st.binary(max_size=200)


def assert_whole(outcome: Outcome) -> None:
    assert str(outcome)
    if isinstance(outcome, Refusal):
        assert outcome.reason
    elif isinstance(outcome, Row):
        assert_whole_record(outcome.record)
        assert_read_again(outcome.record)


def assert_whole_record(record: FactCheckRecord) -> None:
    assert not why_unreadable(record.url)
    assert any(c.isalnum() for c in record.claim)
    assert len(record.claim) <= CLAIM_CHARS_MAX
    assert len(record.title) <= TITLE_CHARS_MAX
    assert len(record.explanation) <= EXPLANATION_CHARS_MAX
    assert record.verdict == verdict_of(record.verdict_words)
    for address in (*record.appearances, *record.citations):
        assert not why_unreadable(address)
        assert not why_left_out(address)
    assert len(record.appearances) <= ADDRESSES_MAX
    for text in (
        record.claim,
        record.title,
        record.publisher,
        record.verdict_words,
        record.explanation,
        record.licence,
    ):
        assert plain_text(text) == text
        assert text.encode().decode() == text
    assert len(record_key(record)) == len(content_digest(record)) == 64


def assert_read_again(record: FactCheckRecord) -> None:
    element = {"dataFeedElement": [{"item": to_jsonld(record), "dateDeleted": str(record.date_deleted or "")}]}
    [again] = read(json.dumps(element))
    assert isinstance(again, Row)
    assert again.record == record


@given(FILES, st.sampled_from(["tin", "tin.jsonl", "tin.csv", "tin.html", "tin.json.gz"]))
@settings(max_examples=100, deadline=None)
def test_any_file_gives_whole_outcomes(content: bytes, name: str) -> None:
    for outcome in read(content, name):
        assert_whole(outcome)


@given(REVIEWS)
@settings(max_examples=100, deadline=None)
def test_any_claim_review_is_one_outcome_or_more(review: dict[str, Any]) -> None:
    outcomes = read(json.dumps(review))

    assert outcomes
    for outcome in outcomes:
        assert_whole(outcome)


@given(st.lists(CELLS | st.text(max_size=8), max_size=60).map("".join))
@settings(max_examples=100, deadline=None)
def test_a_good_row_behind_any_rows_is_read(middle: str) -> None:
    """A quote left open before it may take it in, once: the one behind it is always found."""
    good = f"\n{URL},Dòng cuối,Sai,\n"

    outcomes = read(("url,claim,verdict,date_deleted\n" + middle + good + good).encode("utf-8", "replace"))

    assert any(isinstance(o, Row) and o.record.claim == "Dòng cuối" for o in outcomes)


@pytest.mark.long
@given(FILES, st.sampled_from(["tin", "tin.jsonl", "tin.csv", "tin.html", "tin.json.gz"]))
@settings(max_examples=5_000, deadline=None)
def test_any_file_gives_whole_outcomes_for_long(content: bytes, name: str) -> None:
    for outcome in read(content, name):
        assert_whole(outcome)


@pytest.mark.long
@given(fact_check_records.map(to_jsonld).map(json.dumps).map(str.encode).flatmap(spoilt))
@settings(max_examples=5_000, deadline=None)
def test_a_spoilt_document_gives_whole_outcomes_for_long(content: bytes) -> None:
    for outcome in read(content):
        assert_whole(outcome)
