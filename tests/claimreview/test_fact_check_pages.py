"""ClaimReview in the script elements of web pages, whole, broken and hostile."""

import json
import time

import pytest
from fact_checks import CLAIM, URL, claim_review, packed, read, records, refusal

from thuchu.claimreview import Refusal, Row, script_text

BLOCK = json.dumps(claim_review(), ensure_ascii=False)
SECONDS_MAX = 2.0


def page(*blocks: str) -> str:
    scripts = "\n".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<!DOCTYPE html>\n<html><head><title>Tin</title>\n{scripts}\n</head><body>Bài</body></html>"


def test_a_page_gives_the_claim_review_it_carries() -> None:
    [made] = read(page('{"@type": "WebSite", "name": "Báo"}', BLOCK, '{"@type": "BreadcrumbList"}'))

    assert isinstance(made, Row)
    assert (made.record.claim, made.line) == (CLAIM, 4)


def test_a_broken_block_is_refused_alone_with_its_line() -> None:
    problem, made = read(page('{"@type": "ClaimReview",\n "url": }', BLOCK))

    assert isinstance(problem, Refusal)
    assert (problem.line, "this block" in problem.reason) == (4, True)
    assert isinstance(made, Row)


@pytest.mark.parametrize(
    "wrapped",
    [
        f"\n<!--\n{BLOCK}\n-->\n",
        f"//<![CDATA[\n{BLOCK}\n//]]>",
        f"/*<![CDATA[*/{BLOCK}/*]]>*/",
        f"<![CDATA[{BLOCK}]]>",
        f"{BLOCK};",
        BLOCK.replace(CLAIM, f"{CLAIM}\n\t"),
    ],
)
def test_a_block_is_read_through_the_wrappings_of_old_pages(wrapped: str) -> None:
    assert records(page(wrapped))[0].claim == CLAIM


@pytest.mark.parametrize(
    "opening",
    [
        "<script type=application/ld+json>",
        "<SCRIPT  id=x Type = 'application/ld+json' >",
        '<script async type="application/ld&#43;json" class="yoast">',
        '<script type="application/ld+json; charset=utf-8">',
    ],
)
def test_the_element_may_be_written_in_every_way(opening: str) -> None:
    assert records(f"<html>{opening}{BLOCK}</script >")[0].claim == CLAIM


def test_a_block_that_is_never_closed_ends_with_the_page() -> None:
    assert records(f'<html><script type="application/ld+json">{BLOCK}')[0].claim == CLAIM


@pytest.mark.parametrize(
    "text",
    [
        "<html><body>Không có gì</body></html>",
        f"<!-- {page(BLOCK)} -->",
        f"<html><script>var x = '{BLOCK}';</script></html>",
        '<div itemscope itemtype="https://schema.org/ClaimReview"><span itemprop="claimReviewed">Tin</span></div>',
        '<?xml version="1.0"?><rss><channel><title>Tin</title></channel></rss>',
    ],
)
def test_a_page_without_a_json_ld_claim_review_is_one_refusal_that_says_what_is_not_read(text: str) -> None:
    assert "microdata" in refusal(text).reason


def test_a_page_in_another_encoding_is_read_where_its_block_is_plain() -> None:
    plain = json.dumps(claim_review())

    assert records(page(plain).replace("Bài", "Bµi").encode("latin-1"))[0].claim == CLAIM


def test_a_block_in_another_encoding_is_refused() -> None:
    assert "UTF-8" in refusal(page(BLOCK.replace(CLAIM, "Sai è")).encode("latin-1")).reason


def test_a_packed_page_is_unpacked() -> None:
    assert records(packed(page(BLOCK)))[0].url == URL


def test_our_own_script_text_can_not_be_broken_out_of() -> None:
    [record] = records(json.dumps(claim_review(claimReviewed="Tin </script\u2028><!-- <b x & y")))

    text = script_text(record)

    assert not set("<>&\u2028") & set(text)
    assert records(page(text)) == [record]


@pytest.mark.parametrize(
    "piece",
    [
        "<script",
        "<script ",
        "<script>",
        '<script type="application/ld+json">',
        '<script type="application/ld+json">{',
        '<script type="application/ld+json">[',
        '<script type="application/ld+json">{"@type":"ClaimReview"}</script>',
        "<!--",
        "<!-- -->",
        "</script",
        "<" * 100,
        "&lt;script&gt;",
        '<script type="application/ld+json">' + '{"a":' * 50,
        "\n",
    ],
)
def test_half_a_megabyte_of_hostile_markup_is_read_in_two_seconds(piece: str) -> None:
    text = "<html>" + piece * (500_000 // len(piece))

    started = time.process_time()
    outcomes = read(text)

    assert time.process_time() - started < SECONDS_MAX
    assert all(isinstance(outcome, Refusal) for outcome in outcomes)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<b ",
        "<script>",
        "<!--",
        "&amp;",
        "&amp;lt;",
        "amp;",
        "&#38;#38;",
        "<b>",
        "&lt;b&gt;",
        "Ã©",
        "a\u0301",
        "\u200b",
    ],
)
def test_a_megabyte_of_hostile_text_in_a_field_is_read_in_two_seconds(piece: str) -> None:
    text = json.dumps(claim_review(reviewBody="&" + piece * (1_000_000 // len(piece)), name=piece * 100_000))

    started = time.process_time()
    outcomes = read(text)

    assert time.process_time() - started < SECONDS_MAX
    assert len(outcomes) == 1
