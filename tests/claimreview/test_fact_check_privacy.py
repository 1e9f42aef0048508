"""Rule 2 of the design: who made a claim is dropped at the door, and nothing that leaves this room names them."""

import io
import json
from dataclasses import asdict

import pytest
from fact_checks import CLAIM, URL, claim_review, read

from thuchu.claimreview import Outcome, Row, script_text, write_csv, write_feed, write_jsonl

NAME = "Planted Nguyễn"
PROFILE = "planted.profile"
POST = f"https://www.facebook.com/{PROFILE}/posts/1"
PERSON = {"@type": "Person", "name": NAME, "sameAs": [POST, f"https://bao.example.vn/{PROFILE}"], "image": POST}
REVIEW = claim_review(
    author=[PERSON, {"name": NAME}, NAME, PERSON | {"@type": ["Organization", "Person"]}],
    creator=PERSON,
    editor=PERSON,
    publisher={"@type": "Organization", "name": "Kiểm Chứng", "founder": PERSON, "employee": NAME},
    itemReviewed=[
        {
            "@type": "Claim",
            "author": PERSON,
            "creator": NAME,
            "appearance": [POST, {"@type": "SocialMediaPosting", "url": POST, "author": PERSON}],
            "firstAppearance": {"url": f"https://web.archive.org/web/2020/{POST}"},
        },
        PERSON | {"url": f"https://bao.example.vn/{PROFILE}"},
    ],
    citation=[POST, {"url": f"https://may-chu.example.org/@{PROFILE}", "author": PERSON}],
)
SEARCH = {
    "text": CLAIM,
    "claimant": NAME,
    "claimReview": [{"publisher": {"name": "Kiểm Chứng"}, "url": URL, "author": NAME, "textualRating": "Sai"}],
}
MARKUP = {
    "pageUrl": URL,
    "claimReviewAuthor": {"name": "Kiểm Chứng", "imageUrl": POST},
    "claimReviewMarkups": [
        {"claimReviewed": CLAIM, "claimAuthor": {"name": NAME, "sameAs": POST}, "claimAppearances": [POST]}
    ],
}
TABLE = (
    "url,claim,publisher,author,claimant,speaker,reviewer,appearances\n"
    f"{URL},{CLAIM},Kiểm Chứng,{NAME},{NAME},{NAME},{NAME},{POST}\n"
)
BROKEN = [
    claim_review(url=None, author=PERSON, itemReviewed={"author": PERSON}),
    claim_review(claimReviewed=None, author=NAME, datePublished=NAME),
    claim_review(dateDeleted=NAME, author=PERSON),
    {"@type": "Person", "name": NAME},
]


def everything_that_leaves(outcomes: list[Outcome]) -> str:
    kept = [outcome.record for outcome in outcomes if isinstance(outcome, Row)]
    out = io.BytesIO()
    for write in (write_jsonl, write_feed, write_csv):
        write(kept, out)
    texts = [out.getvalue().decode(), *map(script_text, kept), *(json.dumps(asdict(r), default=str) for r in kept)]
    return "\n".join([*texts, *map(repr, outcomes), *map(str, outcomes)])


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(REVIEW),
        json.dumps({"dataFeedElement": [{"author": PERSON, "item": [REVIEW]}]}),
        f"<html><script type='application/ld+json'>{json.dumps({'@graph': [PERSON, REVIEW]})}</script></html>",
        json.dumps({"claims": [SEARCH]}),
        json.dumps({"claimReviewMarkupPages": [MARKUP]}),
        TABLE,
    ],
)
def test_nobody_who_made_or_wrote_a_claim_leaves_this_room(content: str) -> None:
    outcomes = read(content)

    left = everything_that_leaves(outcomes)
    assert any(isinstance(outcome, Row) for outcome in outcomes)
    assert "Kiểm Chứng" in left
    assert NAME not in left
    assert PROFILE not in left


@pytest.mark.parametrize("review", BROKEN)
def test_a_refusal_names_nobody(review: dict[str, object]) -> None:
    outcomes = [*read(json.dumps(review)), *read(json.dumps({"dataFeedElement": [review]}))]

    assert outcomes
    assert NAME not in everything_that_leaves(outcomes)


def test_a_bare_name_is_left_out_because_it_may_be_a_persons() -> None:
    [outcome] = read(json.dumps(claim_review(author=NAME)))

    assert isinstance(outcome, Row)
    assert outcome.record.publisher == ""
    assert outcome.remarks == (
        "author: a bare name, which may be a person's, is left out; name the publisher when importing",
    )
