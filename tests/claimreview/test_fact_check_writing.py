"""What is written is read back as it was, in every format, and is ClaimReview as others know it."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import BinaryIO

import pytest
from fact_checks import CLAIM, URL, fact_check_records, read, records
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.claimreview import (
    FactCheckRecord,
    Refusal,
    Verdict,
    content_digest,
    record_key,
    to_jsonld,
    write_csv,
    write_feed,
    write_jsonl,
)

Writer = Callable[[list[FactCheckRecord], BinaryIO], int]
WRITERS: list[Writer] = [write_jsonl, write_feed, write_csv]

WHOLE = FactCheckRecord(
    url=URL,
    claim=CLAIM,
    title="Nước muối không diệt virus",
    publisher="Kiểm Chứng",
    verdict_words="Sai",
    verdict=Verdict.FALSE,
    explanation="Muối loãng không diệt được virus.\n\nHỏi bác sĩ.",
    language="vi",
    date_published=date(2026, 3, 1),
    date_modified=date(2026, 3, 2),
    date_deleted=date(2026, 5, 1),
    appearances=("https://bao.example.vn/tin",),
    citations=("https://who.example.org/a", "https://moh.example.vn/b?x=1&y=2"),
    licence="https://creativecommons.org/licenses/by/4.0/",
)


def written(write: Writer, some: list[FactCheckRecord]) -> bytes:
    out = io.BytesIO()
    assert write(some, out) == len(some)
    return out.getvalue()


@pytest.mark.parametrize("write", WRITERS)
def test_a_whole_record_comes_back_whole(write: Writer) -> None:
    bare = FactCheckRecord(url="https://b.example.vn", claim="Tin")

    assert records(written(write, [WHOLE, bare])) == [WHOLE, bare]
    assert all(getattr(WHOLE, field.name) for field in fields(WHOLE))


@pytest.mark.parametrize("write", WRITERS)
@given(some=st.lists(fact_check_records, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_reading_gives_back_what_was_written(write: Writer, some: list[FactCheckRecord]) -> None:
    assert records(written(write, some)) == some


@pytest.mark.long
@pytest.mark.parametrize("write", WRITERS)
@given(some=st.lists(fact_check_records, min_size=1, max_size=5))
@settings(max_examples=2_000, deadline=None)
def test_reading_gives_back_what_was_written_for_long(write: Writer, some: list[FactCheckRecord]) -> None:
    assert records(written(write, some)) == some


@pytest.mark.parametrize("write", WRITERS)
def test_an_export_of_nothing_is_refused_in_one_sentence(write: Writer) -> None:
    outcomes = read(written(write, []))

    assert len(outcomes) <= 1
    assert all(isinstance(outcome, Refusal) for outcome in outcomes)


def test_a_claim_review_is_written_with_the_names_of_schema_org() -> None:
    assert to_jsonld(WHOLE) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": URL,
        "claimReviewed": CLAIM,
        "name": "Nước muối không diệt virus",
        "author": {"@type": "Organization", "name": "Kiểm Chứng"},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Sai",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
        "itemReviewed": {"@type": "Claim", "appearance": ["https://bao.example.vn/tin"]},
        "reviewBody": "Muối loãng không diệt được virus.\n\nHỏi bác sĩ.",
        "inLanguage": "vi",
        "datePublished": "2026-03-01",
        "dateModified": "2026-03-02",
        "citation": ["https://who.example.org/a", "https://moh.example.vn/b?x=1&y=2"],
        "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
    }


@pytest.mark.parametrize(
    ("verdict", "number"),
    [
        (Verdict.FALSE, 1),
        (Verdict.MISLEADING, 2),
        (Verdict.TRUE, 5),
        (Verdict.OUTDATED, None),
        (Verdict.UNPROVEN, None),
    ],
)
def test_only_verdicts_between_false_and_true_have_a_number(verdict: Verdict, number: int | None) -> None:
    rating = to_jsonld(replace(WHOLE, verdict=verdict))["reviewRating"]

    assert isinstance(rating, dict)
    assert rating.get("ratingValue") == number


def test_a_feed_is_a_data_feed_with_the_desk_on_it() -> None:
    out = io.BytesIO()
    write_feed([WHOLE], out, name="Thực Hư", url="https://thuchu.example.vn")

    feed = json.loads(out.getvalue())

    assert (feed["@type"], feed["name"], feed["url"]) == ("DataFeed", "Thực Hư", "https://thuchu.example.vn")
    assert feed["dataFeedElement"][0]["dateDeleted"] == "2026-05-01"


def test_no_cell_of_a_table_is_a_formula() -> None:
    nasty = FactCheckRecord(url=URL, claim="=HYPERLINK(1)", title="@x", verdict_words="+1 lần", explanation="-2 độ")

    content = written(write_csv, [nasty])

    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]
    assert records(content) == [nasty]


def test_a_table_begins_with_a_mark_for_spreadsheets() -> None:
    assert written(write_csv, [WHOLE]).startswith(b"\xef\xbb\xbfurl,claim,title,")


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_changes_on_the_way_round_again(write: Writer) -> None:
    first = records(written(write, [WHOLE]))

    assert written(write, first) == written(write, [WHOLE])
    assert content_digest(first[0]) == content_digest(WHOLE)


def test_the_key_is_the_page_and_the_claim() -> None:
    same = replace(WHOLE, url=URL.replace("https://", "http://www.") + "/?utm_source=x", claim=f" {CLAIM.upper()}!")

    assert record_key(same) == record_key(WHOLE)
    assert record_key(replace(WHOLE, title="", verdict_words="Đúng", date_modified=None)) == record_key(WHOLE)
    assert record_key(replace(WHOLE, claim="Tin khác trên cùng trang")) != record_key(WHOLE)
    assert record_key(replace(WHOLE, url=f"{URL}-2")) != record_key(WHOLE)


@pytest.mark.parametrize("field", [field.name for field in fields(FactCheckRecord)])
def test_the_content_digest_sees_every_field(field: str) -> None:
    empty: dict[str, object] = {"appearances": (), "citations": (), "verdict": None}
    empty |= dict.fromkeys(("date_published", "date_modified", "date_deleted"))

    assert content_digest(replace(WHOLE, **{field: empty.get(field, "")})) != content_digest(WHOLE)  # type: ignore[arg-type]


def test_digests_stay_the_same_in_every_version() -> None:
    """Stored keys would all change otherwise: an import would double every record."""
    assert record_key(WHOLE)[:16] == "8317ff164ceef35f"
    assert content_digest(WHOLE)[:16] == "21a83f56c0bc96b9"
