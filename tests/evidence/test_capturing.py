"""A contributor gives an address and a sentence: the desk has the page, the sentence, and one entry that says so."""

import hashlib
import json

import pytest
from files import pdf, picture
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_wire import FakeWire, fetched
from thuchu.desk.evidence import reads
from thuchu.desk.evidence.capture import capture_address
from thuchu.desk.evidence.models import Capture, Check, Quote, Source
from thuchu.desk.evidence.quotes import Anchor, nearest, surroundings
from thuchu.desk.evidence.refusals import (
    BY_CODE,
    DescriptionEmpty,
    DescriptionTooLong,
    EvidenceRefused,
    GroupRefused,
    HasCredentials,
    NotAWebAddress,
    NotScrubbed,
    NotServed,
    PersonalAddress,
    ProfileRefused,
    QuoteEmpty,
    QuoteNotFound,
    QuoteOtherwise,
)
from thuchu.desk.evidence.snapshot import FOLDER, Snapshots
from thuchu.desk.evidence.sources import place_of
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import ScrubFailed, scrub

pytestmark = pytest.mark.django_db

ADDRESS = "https://bao.example/nuoc-muoi"
SENTENCE = "Uống nước muối loãng không diệt được vi-rút."
PAGE = f"""<title>Bộ Y tế trả lời</title><article><p>Nhiều người hỏi về nước muối.</p><p>{SENTENCE}</p>
<p>Ai có triệu chứng thì đi khám.</p></article>""".encode()


@pytest.fixture
def capture(home, now):
    """Captures with a fake wire over one page; what isn't said is as usual."""

    def make(address=ADDRESS, quote=SENTENCE, *, wire=None, by=7, **more):
        wire = wire or FakeWire({ADDRESS: PAGE})
        return capture_address(address, scrub(quote), by=by, now=now, wire=wire, home=home, **more)

    return make


def test_a_captured_page_shows_its_sentence_with_what_stands_around_it(capture, now):
    view = reads.evidence(capture())

    assert view.sentence == SENTENCE
    assert view.before.endswith("Nhiều người hỏi về nước muối.")
    assert view.after == "Ai có triệu chứng thì đi khám."
    assert (view.address, view.host, view.title) == (ADDRESS, "bao.example", "Bộ Y tế trả lời")
    assert (view.how, view.fetched_at, view.media_type, view.size_bytes) == ("fetched", now, "text/html", len(PAGE))
    assert view.digest == hashlib.sha256(PAGE).hexdigest()
    assert (view.rot, view.rot_since, view.quote_differs) == ("alive", now, False)


def test_bytes_and_text_lie_under_their_digests(capture, home):
    capture()

    row, snapshots = Capture.objects.get(), Snapshots(home / FOLDER)
    assert snapshots.read(row.digest) == PAGE
    assert SENTENCE in snapshots.read(row.text_digest).decode()


def test_a_capture_is_one_entry_with_digests_and_no_text(capture):
    capture()

    [entry] = Entry.objects.all()
    row = Capture.objects.get()
    assert (entry.kind, entry.subject) == ("evidence.captured", f"capture:{row.pk}")
    assert json.loads(entry.body) == {
        "digest": row.digest,
        "text_digest": row.text_digest,
        "how": "fetched",
        "media_type": "text/html",
        "size_bytes": len(PAGE),
    }


def test_the_same_page_and_sentence_are_one_piece_of_evidence_whoever_asks(capture):
    assert capture(by=7) == capture(by=8, address=f"{ADDRESS}?utm_source=zalo#cuoi")

    assert (Capture.objects.get().by, Source.objects.count(), Check.objects.count()) == (7, 1, 1)
    assert Entry.objects.count() == 1


def test_another_sentence_of_the_same_bytes_is_other_evidence_of_one_capture(capture):
    assert capture() != capture(quote="Ai có triệu chứng thì đi khám.")

    assert (Capture.objects.count(), Quote.objects.count(), Entry.objects.count()) == (1, 2, 1)


def test_a_page_that_changed_is_another_capture_of_one_source(capture):
    first, second = capture(), capture(wire=FakeWire({ADDRESS: PAGE + b"<p>Tin khac</p>"}))

    assert first != second
    assert (Source.objects.count(), Capture.objects.count(), Entry.objects.count()) == (1, 2, 2)


def test_a_sentence_quoted_a_little_otherwise_is_kept_in_the_pages_own_words_and_says_so(capture):
    view = reads.evidence(capture(quote="Uống nước muối loãng thì không diệt được vi-rút."))

    assert view.sentence == SENTENCE
    assert view.quote_differs


def test_a_sentence_the_page_does_not_say_is_refused_with_the_nearest_one(capture, home):
    with pytest.raises(QuoteOtherwise) as refused:
        capture(quote="Uống nước muối đặc mỗi ngày diệt được mọi loại vi khuẩn.")

    assert "muối loãng" in refused.value.values["nearest"]
    assert not Capture.objects.exists()
    assert not Entry.objects.exists()
    assert list(Snapshots(home / FOLDER).digests()) == []


@pytest.mark.parametrize("quote", ["Giá vàng hôm nay tăng ba triệu đồng một lượng.", "xyzw"])
def test_a_sentence_about_something_else_is_refused_without_a_puzzle(capture, quote):
    with pytest.raises(QuoteNotFound) as refused:
        capture(quote=quote)

    assert type(refused.value) is QuoteNotFound


def test_a_page_without_a_chosen_sentence_is_refused(capture):
    with pytest.raises(QuoteEmpty):
        capture(quote="", description=scrub("Một trang báo"))


def test_a_quote_that_was_not_scrubbed_is_not_taken(home, now):
    with pytest.raises(TypeError, match="scrub"):
        capture_address(ADDRESS, SENTENCE, by=7, now=now, wire=FakeWire({ADDRESS: PAGE}), home=home)


def test_a_page_that_is_not_served_leaves_nothing(capture, home):
    with pytest.raises(NotServed):
        capture(wire=FakeWire({ADDRESS: NotServed(status=403)}))

    assert not Source.objects.exists()
    assert not (home / FOLDER).exists()


def test_a_page_whose_text_cannot_be_scrubbed_leaves_nothing(capture, home, monkeypatch):
    def stopped(_text):
        raise ScrubFailed("stopped")

    quote = scrub(SENTENCE)
    monkeypatch.setattr("thuchu.desk.evidence.capture.scrub", stopped)

    with pytest.raises(NotScrubbed):
        capture_address(ADDRESS, quote, by=7, now=None, wire=FakeWire({ADDRESS: PAGE}), home=home)

    assert not (home / FOLDER).exists()


def test_the_sentence_of_a_pdf_is_found(capture):
    wire = FakeWire({ADDRESS: fetched(ADDRESS, pdf(["Thông cáo", SENTENCE]), content_type="application/pdf")})

    assert reads.evidence(capture(wire=wire)).sentence == SENTENCE


def test_a_picture_needs_words_that_say_what_it_shows(capture):
    wire = FakeWire({ADDRESS: fetched(ADDRESS, picture("PNG"), content_type="image/png")})

    with pytest.raises(DescriptionEmpty):
        capture(wire=wire)
    with pytest.raises(DescriptionEmpty):
        capture(wire=wire, description=scrub(" … "))
    with pytest.raises(DescriptionTooLong):
        capture(wire=wire, description=scrub("Ảnh chụp văn bản. " * 100))
    number = capture(wire=wire, description=scrub("Ảnh chụp thông báo, có dòng “không diệt được vi-rút”."))

    view = reads.evidence(number)
    assert view.description == "Ảnh chụp thông báo, có dòng “không diệt được vi-rút”."
    assert (view.sentence, view.quote_differs, view.media_type) == ("", False, "image/jpeg")


def test_what_a_camera_wrote_into_a_picture_is_not_kept(capture, home):
    shot = picture("JPEG", exif={0x010F: "May anh cua An", 0x013B: "Nguyen Van An"})
    wire = FakeWire({ADDRESS: fetched(ADDRESS, shot, content_type="image/jpeg")})
    assert b"Nguyen Van An" in shot

    capture(wire=wire, description=scrub("Ảnh đỏ"))

    for path in (home / FOLDER).rglob("*"):
        assert path.is_dir() or b"cua An" not in path.read_bytes()


PROFILES = [
    "https://www.facebook.com/nguyen.van.an",
    "https://www.facebook.com/profile.php?id=100012345678901",
    "https://www.facebook.com/people/Nguyen-An/100012345678901/",
    "https://www.facebook.com/boyte/posts/pfbid02abc",
    "https://www.facebook.com/story.php?story_fbid=1&id=100012345678901",
    "https://x.com/an_nguyen",
    "https://mobile.twitter.com/an_nguyen",
    "https://www.tiktok.com/@an.nguyen",
    "https://www.instagram.com/an.nguyen/",
    "https://zalo.me/0912345678",
    "https://t.me/an_nguyen",
    "https://t.me/kenhtin/12",
    "https://www.youtube.com/@an-nguyen",
    "https://www.linkedin.com/in/an-nguyen",
    "https://web.archive.org/web/2024/https://www.facebook.com/nguyen.van.an",
]
GROUPS = [
    "https://www.facebook.com/groups/hoichome",
    "https://m.facebook.com/groups/123/posts/456/",
    "https://www.facebook.com/share/g/abc",
    "https://t.me/+AbCdEf",
    "https://t.me/joinchat/AbCdEf",
    "https://t.me/c/123/45",
    "https://zalo.me/g/abcdef123",
    "https://chat.whatsapp.com/AbCdEf",
    "https://discord.gg/abc",
    "https://m.me/j/abc",
    "https://web.archive.org/web/2024/https://www.facebook.com/groups/hoichome",
]


@pytest.mark.parametrize("address", PROFILES)
def test_a_profile_is_no_evidence_and_is_never_fetched(capture, address):
    wire = FakeWire({address: PAGE})

    with pytest.raises(ProfileRefused):
        capture(address, wire=wire)

    assert wire.asked == []


@pytest.mark.parametrize("address", GROUPS)
def test_a_group_or_a_chat_is_no_evidence_and_is_never_fetched(capture, address):
    wire = FakeWire({address: PAGE})

    with pytest.raises(GroupRefused):
        capture(address, wire=wire)

    assert wire.asked == []


@pytest.mark.parametrize("final", [PROFILES[0], PROFILES[3], "https://tra.example/?so=0912345678"])
def test_an_address_that_leads_to_a_person_is_refused_when_it_does(capture, home, final):
    wire = FakeWire({"https://bit.example/a": fetched("https://bit.example/a", PAGE, final_address=final)})

    with pytest.raises(EvidenceRefused):
        capture("https://bit.example/a", wire=wire)

    assert not (home / FOLDER).exists()


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("https://tra.example/?phone=0912345678", PersonalAddress),
        ("https://tra.example/?phone=%30%39%31%32345678", PersonalAddress),
        ("https://bao.example/tin moi", NotAWebAddress),
        ("https://bao.example\\tin", NotAWebAddress),
        ("https://an:mat@bao.example/", HasCredentials),
        ("bao.example/tin", NotAWebAddress),
        ("https://khong-co-duoi/", NotAWebAddress),
        ("", NotAWebAddress),
        ("https://bao.example/" + "a" * 9000, NotAWebAddress),
    ],
)
def test_an_address_that_cannot_be_shown_to_everybody_is_refused(capture, address, refusal):
    with pytest.raises(refusal):
        capture(address)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://twitter.com/WHO/status/1234567890123456789?s=20", "https://x.com/i/status/1234567890123456789"),
        (
            "https://www.tiktok.com/@boyte/video/7234567890123456789",
            "https://www.tiktok.com/@/video/7234567890123456789",
        ),
        ("https://www.threads.com/@boyte/post/Cabc12", "https://www.threads.net/t/Cabc12"),
        ("https://www.instagram.com/boyte/p/Cabc12_-/", "https://www.instagram.com/p/Cabc12_-/"),
        ("https://m.facebook.com/BoYTe/videos/nuoc/12345678901/", "https://www.facebook.com/watch/?v=12345678901"),
        ("https://www.facebook.com/BoYTe/photos/a.1/12345678901", "https://www.facebook.com/photo/?fbid=12345678901"),
        (
            "https://www.youtube.com/watch?v=abc_DEF-123&ab_channel=NguyenAn",
            "https://www.youtube.com/watch?v=abc_DEF-123",
        ),
        ("https://youtu.be/abc_DEF-123?si=x", "https://www.youtube.com/watch?v=abc_DEF-123"),
        ("https://old.reddit.com/r/VietNam/comments/1abc2d/tin/", "https://redd.it/1abc2d"),
        ("https://bao.example/a?utm_source=x&id=5#b", "https://bao.example/a?id=5"),
        ("https://bao.example/a?b=2&a=1", "https://bao.example/a?b=2&a=1"),
        ("https://bao.example", "https://bao.example/"),
        ("https://bao.example/\u200btin\0", "https://bao.example/tin"),
        ("https://bao.example/\ud800", "https://bao.example/\ufffd"),
        ("https://bao.example/tin-m%E1%BB%9Bi", "https://bao.example/tin-m%E1%BB%9Bi"),
    ],
)
def test_a_public_post_is_kept_without_its_accounts_name_and_a_page_as_it_is(address, kept):
    place = place_of(address)

    assert place.address == kept
    assert place_of(kept) == place


@pytest.mark.parametrize("path", ["tin-20241122083012345.htm", "a-185241122101530111.htm", "vbpq.aspx?ItemID=123456"])
def test_the_long_numbers_of_newspapers_are_nobodys(path):
    assert place_of(f"https://bao.example/{path}").address.endswith(path)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["", "https://bao.example/", "https://facebook.com/", "http://"]))
def test_whatever_is_written_is_a_place_or_a_refusal(written, beginning):
    try:
        place = place_of(beginning + written)
    except EvidenceRefused:
        return
    assert scrub(place.address).findings == ()


def test_each_refusal_has_a_code_of_its_own_and_a_sentence():
    kinds = set(BY_CODE.values())

    assert all(kind.message and kind.code == code for code, kind in BY_CODE.items())
    assert len({kind.message for kind in kinds}) == len(kinds) == len(BY_CODE)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab \n", max_size=900), st.data())
def test_surroundings_are_short_and_stand_beside_the_sentence(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    at = Anchor(exact=text[start:end], prefix="", suffix="", start=start, end=end, score=100.0)

    before, after = surroundings(at, text)

    assert max(len(before), len(after)) <= 200
    assert text[:start].rstrip().endswith(before)
    assert text[end:].lstrip().startswith(after)


def test_the_nearest_of_nothing_is_nothing():
    assert nearest("Uống nước muối loãng không diệt", "") == ""
    assert nearest("", "Uống nước muối loãng không diệt") == ""
