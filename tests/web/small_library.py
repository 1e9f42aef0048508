"""A few fact-checks that the pages' tests know by name, and how a page is read."""

import html


def review(url, claim, words="Sai", language="vi", **more):
    """One ClaimReview as a publisher's feed has it."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": claim,
        "reviewRating": {"@type": "Rating", "alternateName": words},
        "inLanguage": language,
        "datePublished": "2026-03-02",
        **more,
    }


SALT = review(
    "https://tin.example/nuoc-muoi",
    "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng",
    name="Nước muối không diệt được vi rút",
    reviewBody="Nước muối làm dịu cổ họng. Nó không diệt vi rút đã vào trong tế bào. Bạn nên đi khám khi sốt cao.",
    citation=["https://www.who.int/"],
)
STORM = review("https://tin.example/bao", "Bão số chín đổ bộ vào Đà Nẵng tối nay với gió cấp mười bảy", "Gây hiểu lầm")
EGGS = review("https://tin.example/trung", "Luộc trứng gà với giấm chữa khỏi bệnh tiểu đường trong một tuần", "Đúng")
TOWERS = review(
    "https://tin.example/5g", "5G towers kill birds in city parks", "False", "en", datePublished="2025-12-24"
)


def text_of(response):
    """What a page says, entities resolved and spaces joined, tags left in."""
    return " ".join(html.unescape(response.content.decode()).split())
