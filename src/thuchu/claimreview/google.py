"""The names that Google's Fact Check Tools use instead of schema.org's: search answers and markup pages.

`claims[].claimReview[]` and `claimReviewMarkupPages[].claimReviewMarkups[]` are rewritten as ClaimReview objects in
their place; `claimant`, `claimAuthor` and every other name of a person is left behind.
"""


def as_schema_org(node: dict[str, object]) -> dict[str, object]:
    """`node` itself, or, where it is a claim with its reviews or a markup page, an object that holds ClaimReviews."""
    reviews, markups = node.get("claimReview"), node.get("claimReviewMarkups")
    if isinstance(reviews, list) and "text" in node:
        return {"claimReview": [_from_search(node, part) for part in reviews if isinstance(part, dict)]}
    if isinstance(markups, list):
        return {"claimReviewMarkups": [_from_markup(node, part) for part in markups if isinstance(part, dict)]}
    return node


def _from_search(claim: dict[str, object], review: dict[str, object]) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "url": review.get("url"),
        "claimReviewed": claim.get("text"),
        "name": review.get("title"),
        "author": _organisation(review.get("publisher")),
        "reviewRating": {"alternateName": review.get("textualRating")},
        "inLanguage": review.get("languageCode"),
        "datePublished": review.get("reviewDate"),
    }


def _from_markup(page: dict[str, object], markup: dict[str, object]) -> dict[str, object]:
    rating = markup.get("rating")
    return {
        "@type": "ClaimReview",
        "url": markup.get("url") or page.get("pageUrl"),
        "claimReviewed": markup.get("claimReviewed"),
        "author": _organisation(page.get("claimReviewAuthor")),
        "reviewRating": {
            "alternateName": rating.get("textualRating"),
            "ratingExplanation": rating.get("ratingExplanation"),
        }
        if isinstance(rating, dict)
        else None,
        "itemReviewed": {
            "appearance": markup.get("claimAppearances"),
            "firstAppearance": markup.get("claimFirstAppearance"),
        },
        "datePublished": page.get("publishDate"),
    }


def _organisation(value: object) -> object:
    # The service lets organisations alone publish under their site.
    return {"@type": "Organization", "name": value.get("name")} if isinstance(value, dict) else None
