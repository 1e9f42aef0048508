"""A document as a page: nothing that people typed is markup, and everybody can find their way in it."""

import itertools
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_review import REVIEW
from small_documents import chart, document, long_table, said_everywhere

from thuchu.documents import html
from thuchu.documents.conclusions import conclusions
from thuchu.documents.plain import plain
from thuchu.documents.report import report
from thuchu.documents.tree import Paragraph, Told

VOID = {"meta", "br", "img"}


class Page(HTMLParser):
    """Tags with their attributes, texts, and whether every tag was closed in order."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.tags, self.open, self.texts = [], [], []
        self.feed(body.decode())
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def test_what_people_typed_is_never_markup():
    page = Page(html.render(said_everywhere('<script>alert("1")</script> & <b onclick=x>')))

    assert not page.of("script")
    assert not page.of("b")
    assert page.texts.count('<script>alert("1")</script> & <b onclick=x>') > 10


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1).filter(plain))
def test_any_text_leaves_the_same_tags(text):
    odd = said_everywhere(text)

    tags = [tag for tag, _ in Page(html.render(odd)).tags if tag != "br"]
    assert tags == [tag for tag, _ in Page(html.render(said_everywhere("chữ"))).tags if tag != "br"]


def test_a_page_has_one_title_headings_in_order_and_no_script():
    page = Page(html.render(report(REVIEW, "vi")))

    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert page.of("html") == [{"lang": "vi"}]
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "iframe", "object", "form")]
    assert not [attributes for _, attributes in page.tags if any(name.startswith("on") for name in attributes)]


def test_tables_name_themselves_their_columns_and_their_rows():
    page = Page(html.render(conclusions(REVIEW, "vi")))

    tables = len(page.of("table"))
    assert tables == len(page.of("caption")) == 1
    assert [one["scope"] for one in page.of("th")].count("col") == 6
    assert [one["scope"] for one in page.of("th")].count("row") == 20


def test_the_address_of_the_original_can_be_followed_and_what_people_typed_cannot():
    page = Page(html.render(document(Paragraph("Xem https://lua-dao.example/"))))

    assert page.of("a") == [{"href": "https://ban.example/ra-soat/2026-q1/"}]


def test_words_in_another_language_say_so():
    page = Page(html.render(document(Paragraph(Told("The office is looking.", "en")))))

    assert page.of("span") == [{"lang": "en"}]


def test_a_chart_is_a_picture_with_its_words_and_its_table():
    page = Page(html.render(document(chart())))

    (picture,) = page.of("img")
    assert picture["alt"] == "Một cột"
    assert picture["src"].startswith("data:image/svg+xml;base64,")
    assert "Cột này dài." in page.texts
    assert len(page.of("table")) == 1


def test_a_long_table_stands_whole_on_the_page():
    page = Page(html.render(document(long_table(501))))

    assert len(page.of("tr")) == 502
