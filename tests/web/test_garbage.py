"""Whatever is sent, the answer is a page: never a crash, never somebody's markup."""

from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_library import SALT

pytestmark = pytest.mark.django_db

ODD = st.sampled_from(
    [
        "\u202eđảo ngược",
        "\u200b" * 50,
        "\x00",
        "👩‍👩‍👧‍👦" * 20,
        "e\u0301" * 40,
        "Ä\x90Ã£ cÃ³ ai",
        "http://[",
        "hxxp://a[.]b",
        "http://xn--" + "a" * 80,
        "[phone][email]",
        "<script>",
        "%(name)s {{ 7 }} {% csrf_token %}",
        "a" * 4990,
    ]
)
MESSAGES = st.one_of(
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.binary(max_size=300),
    st.lists(ODD, min_size=1, max_size=3).map(lambda parts: " ".join(parts).encode()),
)
FORM = "application/x-www-form-urlencoded"


@given(message=MESSAGES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_message_gets_a_page(vi, take_in, message):
    take_in(SALT)

    response = vi.post("/", "message=" + quote_from_bytes(message), content_type=FORM)
    page = vi.get(response["Location"]) if response.status_code == 303 else response

    assert response.status_code in (303, 413, 422)
    assert page.status_code in (200, 413, 422)
    assert b"<script>alert" not in page.content


@given(query=st.dictionaries(st.sampled_from(["q", "verdict", "publisher", "language", "since", "page"]), st.text()))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_search_gets_a_page(vi, take_in, query):
    take_in(SALT)

    assert vi.get("/f/", {name: value.encode("utf-8", "replace") for name, value in query.items()}).status_code == 200


@given(path=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_address_gets_a_page(vi, home, path):
    for room in ("/", "/q/", "/f/", "/sample/"):
        assert vi.get(room + quote_from_bytes(path.encode())).status_code in (200, 301, 302, 303, 404)
