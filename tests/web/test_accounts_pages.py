"""Signing in and out, joining, one's own account, who works here, and the machine: as a browser without scripts."""

import re
from datetime import timedelta

import pytest
from authenticator import Phone
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from people import PASSWORD, invite_for_tests
from pyotp import TOTP
from signing_in import SECRET, codes_of_now, signed_in
from small_library import text_of

from thuchu.desk.accounts import limits, ways_in
from thuchu.desk.accounts.models import Account, Invitation, Passkey, Pseudonym
from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import role_holders
from thuchu.desk.jobs.models import Job
from thuchu.desk.web.templatetags import words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_named_desk(settings, monkeypatch):
    """Reached at localhost, as a desk in development; nobody tries too fast unless the test does."""
    settings.THUCHU_ADDRESS = settings.THUCHU_ORIGIN = "http://localhost:8000"
    settings.THUCHU_RP_ID = "localhost"
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    monkeypatch.setattr(limits, "TRIES_PER_MINUTE", 1000)
    limits.tries.cache_clear()
    yield
    limits.tries.cache_clear()


@pytest.fixture
def at_home():
    """A browser at the desk's own address, where passkeys work."""
    return Client(headers={"accept-language": "vi", "host": "localhost:8000"})


def session_of(client):
    return client.cookies.get(django_settings.SESSION_COOKIE_NAME)


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def shown(page, field):
    """What a read-only field of a page holds."""
    return re.search(rf'<textarea id="{field}"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)[1]


def invitation(joined):
    return invite_for_tests(joined.operator.view(), timezone.now())


# Signing in and out.


@pytest.mark.parametrize("path", ["/signin/", "/signin/recovery/", "/join/", "/people/"])
def test_whoever_only_looks_gets_no_session(vi, joined, path):
    vi.get(path)

    assert session_of(vi) is None


def test_somebody_signs_in_with_password_and_code_and_is_where_they_wanted_to_be(vi, joined):
    joined.with_password("An Nguyên", codes=codes_of_now())
    asked = vi.get("/account/")

    page = text_of(vi.get(asked["Location"]))
    form = {"name": "an nguyen", "password": PASSWORD, "code": TOTP(SECRET).now(), "next": "/account/"}
    answer = vi.post("/signin/", form)

    assert asked.status_code == 303
    assert 'name="next" value="/account/"' in page
    assert (answer.status_code, answer["Location"]) == (303, "/account/")
    assert "Người khác thấy bạn là <b>An Nguyên</b>" in text_of(vi.get("/account/"))


def test_what_is_wrong_is_not_said_but_the_name_stays(vi, en, joined):
    joined.with_password("An Nguyên")

    answer = vi.post("/signin/", {"name": "An Nguyên", "password": "nước sông công lính"})
    english = en.post("/signin/", {"name": "Nobody At All", "password": PASSWORD})

    assert answer.status_code == 422
    assert "Tên, mật khẩu và mã không khớp nhau" in text_of(answer)
    assert 'value="An Nguyên"' in text_of(answer)
    assert PASSWORD not in text_of(english)
    assert "Name, password and code don't belong together" in text_of(english).replace("&#x27;", "'")
    assert session_of(vi) is None


def test_a_line_that_tries_too_often_waits(vi, joined, monkeypatch):
    monkeypatch.setattr(limits, "TRIES_PER_MINUTE", 2)
    limits.tries.cache_clear()

    answers = [vi.post("/signin/", {"name": "An", "password": "x"}) for _ in range(3)]

    assert answers[-1].status_code == 429
    assert "đã có nhiều lần thử" in text_of(answers[-1])


@pytest.mark.parametrize("elsewhere", ["https://bad.example/", "//bad.example", "javascript:alert(1)", ""])
def test_signing_in_leads_to_no_other_site(vi, joined, elsewhere):
    joined.with_password("An Nguyên")

    answer = vi.post("/signin/", {"name": "An Nguyên", "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == "/my-work/"


def test_a_form_that_was_open_before_signing_in_is_worthless_after(joined):
    joined.with_password("An Nguyên")
    strict = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text_of(strict.get("/signin/")))[1]

    form = {"name": "An Nguyên", "password": PASSWORD, "csrfmiddlewaretoken": token}
    first = strict.post("/signin/", form)
    second = strict.post("/signout", {"csrfmiddlewaretoken": token})

    assert (first.status_code, second.status_code) == (303, 403)


def test_somebody_signs_out(joined):
    client = signed_in(joined.operator.id)

    answer = client.post("/signout")

    assert answer["Location"] == "/"
    assert not is_signed_in(client)


def test_a_recovery_code_opens_once(vi, en, joined):
    someone = joined.with_password("An Nguyên")
    form = {"name": "An Nguyên", "code": someone.recovery_codes[0].lower()}

    first, second = vi.post("/signin/recovery/", form), en.post("/signin/recovery/", form)

    assert (first.status_code, first["Location"]) == (303, "/account/")
    assert second.status_code == 422
    assert is_signed_in(vi)
    assert not is_signed_in(en)


def test_a_passkey_signs_in(at_home, joined):
    options = at_home.post("/signin/passkey/begin")
    answer = joined.operator.phone.get(options.content)

    done = at_home.post("/signin/passkey/finish", {"answer": answer, "next": "/machine/"})

    assert options["Content-Type"] == "application/json"
    assert (done.status_code, done["Location"]) == (303, "/machine/")
    assert at_home.get("/machine/").status_code == 200


def test_a_strangers_passkey_is_refused_with_a_page(at_home, joined):
    options = at_home.post("/signin/passkey/begin")

    done = at_home.post("/signin/passkey/finish", {"answer": Phone().get(options.content)})
    again = at_home.post("/signin/passkey/finish", {"answer": "{}"})

    assert done.status_code == again.status_code == 422
    assert "không nhận ra khoá đăng nhập này" in text_of(done)
    assert "Bạn bắt đầu lại" in text_of(again)


def test_a_desk_at_a_bare_number_says_that_passkeys_need_a_name(vi, en, settings):
    settings.THUCHU_RP_ID, settings.THUCHU_ADDRESS = "127.0.0.1", "http://127.0.0.1:8000"

    page, english, begun = text_of(vi.get("/signin/")), text_of(en.get("/signin/")), vi.post("/signin/passkey/begin")

    assert "Bàn này được mở bằng một dãy số (127.0.0.1:8000)" in page
    assert "browsers keep passkeys only for names or for localhost" in english
    assert "data-passkey" not in page
    assert begun.status_code == 422
    assert "localhost" in begun.json()["trouble"]


def test_a_desk_opened_at_another_address_leads_to_its_own(vi):
    page = text_of(vi.get("/signin/?next=/queue/"))

    assert 'href="http://localhost:8000/signin/?next=/queue/"' in page
    assert "data-passkey" not in page


def test_where_scripts_are_off_nothing_of_passkeys_is_seen(at_home):
    page = text_of(at_home.get("/signin/"))

    assert re.search(r"<form[^>]* data-passkey=\"get\"[^>]* hidden>", page)
    assert "<noscript>" in page


# Joining.


@pytest.mark.parametrize("language", ["vi", "en"])
def test_joining_says_plainly_what_the_desk_cannot_promise(vi, en, joined, language):
    client = {"vi": vi, "en": en}[language]
    said = {
        "vi": ["ai giữ cơ sở dữ liệu có thể tính ra", "khoảng 30 người", "Không phải tên thật", "Bản sao lưu"],
        "en": ["who holds the database could compute one", "about 30 people", "Not your real one", "Backups"],
    }[language]

    for path in ("/join/", f"/join/{invitation(joined)}"):
        page = text_of(client.get(path))
        assert [words for words in said if words not in page] == [], path


def test_joining_says_how_many_places_are_left(vi, joined):
    before = text_of(vi.get("/join/"))
    invitation(joined)
    after = text_of(vi.get("/join/"))

    assert "Tuần này còn 9 chỗ." in before
    assert "Tuần này còn 8 chỗ." in after


def test_somebody_joins_with_a_password_then_codes_and_signs_in_with_both(vi, en, joined):
    """The whole way without scripts."""
    token = invitation(joined)

    welcome = vi.post(f"/join/{token}", {"name": "An Nguyên", "password": PASSWORD})
    recovery = shown(text_of(welcome), "codes").split()
    begun = vi.post("/account/codes/begin")
    page = text_of(vi.get(begun["Location"]))
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")
    done = vi.post("/account/codes/", {"code": TOTP(secret).now()})
    without = en.post("/signin/", {"name": "An Nguyên", "password": PASSWORD})
    later = str(TOTP(secret).at(timezone.now() + timedelta(seconds=30)))
    within = en.post("/signin/", {"name": "An Nguyên", "password": PASSWORD, "code": later})

    assert welcome.status_code == 200
    assert "no-store" in welcome["Cache-Control"]
    assert len(set(recovery)) == 10
    assert '<svg viewBox="0 0 ' in page
    assert (done.status_code, done["Location"]) == (303, "/account/codes/set")
    assert text_of(vi.get("/account/codes/set")).count("<h1") == 1
    assert (without.status_code, within.status_code) == (422, 303)
    assert text_of(vi.get(f"/join/{token}")).count("An Nguyên") == 1


def test_a_mistyped_code_keeps_the_same_secret(vi, joined):
    client = signed_in(joined.with_password("An Nguyên").id)
    client.post("/account/codes/begin")
    first = text_of(client.get("/account/codes/"))

    answer = client.post("/account/codes/", {"code": "12"})

    secret = re.compile(r'<code class="secret">([A-Z2-7 ]+)</code>')
    assert answer.status_code == 422
    assert "Mã chưa đúng" in text_of(answer)
    assert secret.search(text_of(answer))[1] == secret.search(first)[1]


def test_somebody_joins_with_a_passkey(at_home, joined):
    token, phone = invitation(joined), Phone()

    options = at_home.post(f"/join/{token}/passkey", {"name": "Bình Yên"})
    welcome = at_home.post(f"/join/{token}", {"name": "Bình Yên", "answer": phone.create(options.content)})

    assert "Chào Bình Yên" in text_of(welcome)
    assert len(shown(text_of(welcome), "codes").split()) == 10
    assert "/practice/" in text_of(welcome)
    assert is_signed_in(at_home)
    assert Passkey.objects.get(account__pseudonym__name="Bình Yên").name == "Khoá đầu tiên của tôi"


def test_a_name_is_refused_before_a_device_makes_a_key_for_it(at_home, joined):
    answer = at_home.post(f"/join/{invitation(joined)}/passkey", {"name": "người mở bàn"})

    assert answer.status_code == 409
    assert answer.json()["trouble"].startswith("Đã có người mang tên này")
    assert session_of(at_home) is None


@pytest.mark.parametrize(
    ("name", "password", "status", "sentence"),
    [
        ("An", PASSWORD, 422, "Tên có 2 ký tự"),
        ("An 0912345678", PASSWORD, 422, "dẫn về bạn"),
        ("Quản trị viên", PASSWORD, 422, "nói thay cho bàn"),
        ("Người Mở Bàn", PASSWORD, 409, "Đã có người mang tên này"),
        ("An Nguyên", "ngắn", 422, "Mật khẩu dài từ 12"),
        ("An Nguyên", "", 422, "Mật khẩu dài từ 12"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_name_stays(vi, joined, name, password, status, sentence):
    token = invitation(joined)

    answer = vi.post(f"/join/{token}", {"name": name, "password": password})

    assert answer.status_code == status
    assert sentence in text_of(answer)
    assert f'value="{name}"' in text_of(answer)
    assert vi.get(f"/join/{token}").status_code == 200


def test_an_invitation_is_good_once(vi, en, joined):
    token = invitation(joined)
    vi.post(f"/join/{token}", {"name": "An Nguyên", "password": PASSWORD})

    answers = [en.get(f"/join/{token}"), en.post(f"/join/{token}", {"name": "Chi Mai", "password": PASSWORD})]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This invitation opens nothing any more" in text_of(answers[0])
    assert not Pseudonym.objects.filter(name="Chi Mai").exists()


def test_who_is_here_already_takes_no_second_account(joined):
    client, token = signed_in(joined.operator.id), invitation(joined)

    page = client.post(f"/join/{token}", {"name": "Chi Mai", "password": PASSWORD})

    assert "Bạn đã ở đây rồi" in text_of(page)
    assert Account.objects.count() == 1


# One's own account.


def test_keys_change_only_shortly_after_signing_in(joined):
    long_ago = timezone.now() - timedelta(minutes=20)
    client = signed_in(joined.operator.id, at=long_ago)
    key = Passkey.objects.get()

    page = client.get("/account/")
    asked = [client.get("/account/leave/"), client.post(f"/account/passkeys/{key.pk}/remove")]
    asked_by_script = client.post("/account/passkeys/begin", headers={"accept": "application/json"})
    sign_in = text_of(client.get(asked[0]["Location"]))

    assert page.status_code == 200
    assert [answer["Location"] for answer in asked] == [
        "/signin/?next=%2Faccount%2Fleave%2F",
        "/signin/?next=%2Faccount%2F",
    ]
    assert asked_by_script.json() == {"to": "/signin/?next=%2Faccount%2F"}
    assert "Đã hơn 15 phút từ lúc bạn đăng nhập" in sign_in
    assert Passkey.objects.count() == 1


def test_a_passkey_is_added_renamed_and_removed(at_home, joined):
    joined.with_password("An Nguyên")
    at_home.post("/signin/", {"name": "An Nguyên", "password": PASSWORD})
    options = at_home.post("/account/passkeys/begin")

    added = at_home.post("/account/passkeys/add", {"answer": Phone().create(options.content), "name": "máy bàn"})
    key = Passkey.objects.get(name="máy bàn")
    renamed = at_home.post(f"/account/passkeys/{key.pk}/rename", {"name": "máy ở cơ quan"})
    page = text_of(at_home.get("/account/"))
    removed = at_home.post(f"/account/passkeys/{key.pk}/remove")

    assert [added.status_code, renamed.status_code, removed.status_code] == [303, 303, 303]
    assert "máy ở cơ quan" in page
    assert not Passkey.objects.filter(pk=key.pk).exists()
    assert is_signed_in(at_home)


def test_somebody_elses_passkey_is_out_of_reach(joined):
    someone = joined.person("An Nguyên")
    key = Passkey.objects.get(account_id=joined.operator.id)
    client = signed_in(someone.id)

    client.post(f"/account/passkeys/{key.pk}/rename", {"name": "của tôi"})
    client.post(f"/account/passkeys/{key.pk}/remove")

    key.refresh_from_db()
    assert key.name == "điện thoại"


def test_a_passkey_has_no_name_that_leads_to_somebody(joined):
    client, key = signed_in(joined.operator.id), Passkey.objects.get()

    answer = client.post(f"/account/passkeys/{key.pk}/rename", {"name": "gọi 0912 345 678"})

    assert answer.status_code == 422
    assert "không có số hay địa chỉ" in text_of(answer)


def test_the_last_way_in_stays(joined):
    client, key = signed_in(joined.operator.id), Passkey.objects.get()

    answer = client.post(f"/account/passkeys/{key.pk}/remove")

    assert answer.status_code == 409
    assert "Đây là cách vào cuối cùng của bạn" in text_of(answer)


def test_a_password_is_set_beside_a_passkey_and_removed(joined):
    someone = joined.person("An Nguyên")
    client = signed_in(someone.id)

    short = client.post("/account/password/", {"password": "ngắn"})
    kept = client.post("/account/password/", {"password": PASSWORD})
    page = text_of(client.get("/account/"))
    removed = client.post("/account/password/remove")

    assert short.status_code == 422
    assert (kept.status_code, removed.status_code) == (303, 303)
    assert "Mật khẩu, không có mã." in page
    assert "khoá đăng nhập của bạn là đủ" in text_of(client.get("/account/"))


def test_changing_a_way_in_signs_out_everywhere_else(joined):
    someone = joined.person("An Nguyên")
    here, there = signed_in(someone.id), signed_in(someone.id)

    here.post("/account/password/", {"password": PASSWORD})

    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_recovery_codes_are_renewed_and_shown_once(joined):
    client = signed_in(joined.operator.id)
    asked = client.get("/account/recovery/")

    page = client.post("/account/recovery/")

    assert asked.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert len(shown(text_of(page), "codes").split()) == 10
    assert set(shown(text_of(page), "codes").split()).isdisjoint(joined.operator.recovery_codes)


def test_somebody_signs_out_everywhere(joined):
    here, there = signed_in(joined.operator.id), signed_in(joined.operator.id)

    here.post("/account/everywhere")

    assert not is_signed_in(here)
    assert not is_signed_in(there)


def test_a_role_that_rests_says_what_wakes_it(joined):
    someone = joined.with_password("An Nguyên", "coordinator")

    weak = text_of(signed_in(someone.id).get("/account/"))
    ways_in.set_codes(someone.id, codes_of_now())
    strong = text_of(signed_in(someone.id, strong=False).get("/account/"))

    assert "Vai trò của bạn nghỉ cho tới khi mọi thứ mở tài khoản đều có yếu tố thứ hai" in weak
    assert "Vai trò của bạn đang nghỉ trong phiên này" in strong


def test_an_invitation_is_made_shown_once_and_taken_back(vi, joined):
    client = signed_in(joined.operator.id)

    page = client.post("/account/invite")
    link = shown(text_of(page), "link")
    open_one = Invitation.objects.get(is_used=False)
    listed = text_of(client.get("/account/"))
    client.post(f"/account/invite/{open_one.pk}/back")

    assert link.startswith("http://localhost:8000/join/")
    assert "no-store" in page["Cache-Control"]
    assert "dùng được tới ngày" in listed
    assert link not in listed
    assert vi.get(link.removeprefix("http://localhost:8000")).status_code == 410


def test_whoever_has_not_practised_invites_nobody(joined):
    client = signed_in(joined.person("An Nguyên").id)

    assert "Bạn mời được người quen sau khi" in text_of(client.get("/account/"))
    assert client.post("/account/invite").status_code == 403


def test_a_role_is_given_back_but_not_by_the_last_operator(joined):
    coordinator = joined.person("Chi Mai", "coordinator")

    given = signed_in(coordinator.id).post("/account/role", {"role": "coordinator"})
    refused = signed_in(joined.operator.id).post("/account/role", {"role": "operator"})

    assert given.status_code == 303
    assert refused.status_code == 409
    assert [holder.role for holder in role_holders()] == ["operator"]


def test_leaving_says_what_stays_asks_once_more_and_erases(joined):
    someone = joined.person("An Nguyên")
    client = signed_in(someone.id)

    page = text_of(client.get("/account/leave/"))
    done = client.post("/account/leave/")

    assert "Ghi chú của bạn cùng bằng chứng" in page
    assert "Những bản sao lưu làm trước đó" in page
    assert "người vận hành duy nhất" not in page
    assert done["Location"] == "/left/"
    assert "đã được xoá" in text_of(client.get("/left/"))
    assert not Account.objects.filter(pk=someone.id).exists()
    assert not Pseudonym.objects.filter(name="An Nguyên").exists()
    assert not is_signed_in(client)


def test_the_only_operator_is_told_what_leaving_means(joined):
    page = text_of(signed_in(joined.operator.id).get("/account/leave/"))

    assert "Bạn là người vận hành duy nhất" in page


def test_no_page_shows_a_rater_number(joined):
    client = signed_in(joined.operator.id)
    number = str(Account.objects.get().rater_number)

    for path in ("/account/", "/people/", "/account/leave/", "/machine/", "/machine/roles/"):
        assert number not in client.get(path).content.decode(), path


# Who works here, and the machine.


def test_everybody_sees_who_holds_which_role_and_nothing_else_of_anybody(vi, joined):
    joined.person("Chi Mai", "coordinator")
    joined.person("An Nguyên")

    page = text_of(vi.get("/people/"))

    assert "3 người đóng góp" in page
    assert "Chi Mai" in page
    assert "Người Mở Bàn" in page
    assert "An Nguyên" not in page


@pytest.mark.parametrize("client", ["vi", "en"])
def test_what_everybody_may_do_stands_in_words(request, joined, client):
    browser = request.getfixturevalue(client)

    page = text_of(browser.get("/people/"))

    for act in Act:
        assert page.count(f"<li>{words.ACTS[act]}</li>") >= (client == "en"), act
    assert page.count("<li>") >= len(Act)


def test_settings_are_shown_with_their_meaning_and_no_form(joined):
    page = text_of(signed_in(joined.operator.id).get("/machine/"))

    assert "THUCHU_KEEP_DAYS" in page
    assert "Số ngày giữ một câu hỏi sau lần trả lời cuối" in page
    assert "<input" not in page.split("<main")[1]
    assert django_settings.SECRET_KEY not in page


def a_job(name, *steps):
    """A job that has gone through these steps since it was written."""
    now = timezone.now()
    job = Job.objects.create(name=name, run_at=now, created_at=now)
    for step in steps:
        Job.objects.filter(pk=job.pk).update(**step)
    return job


RUNNING = {"state": "running", "worker": "w", "locked_until": timezone.now()}
FAILED = {
    "state": "failed",
    "worker": "",
    "locked_until": None,
    "finished_at": timezone.now(),
    "last_error": "ValueError at fetch.py:7",
    "attempts": 5,
}


def test_a_failed_job_is_tried_again_from_its_page(joined):
    job = a_job("evidence.capture", RUNNING, FAILED)
    client = signed_in(joined.operator.id)

    page = text_of(client.get("/machine/jobs/"))
    done = client.post(f"/machine/jobs/{job.pk}/retry")

    assert "ValueError at fetch.py:7" in page
    assert "sau 5 lần thử" in page
    assert done.status_code == 303
    assert Job.objects.get(pk=job.pk).state == "waiting"


def test_a_running_job_shows_how_far_it_is(joined):
    a_job("library.catch_up", RUNNING, {"progress_done": 3418, "progress_total": 6836})

    page = text_of(signed_in(joined.operator.id).get("/machine/jobs/"))

    assert "3.418 trên 6.836" in page
    assert '<progress value="3418" max="6836"' in page


def test_a_role_is_given_by_name_and_taken(joined):
    someone = joined.person("Chi Mai")
    client = signed_in(joined.operator.id)

    unknown = client.post("/machine/roles/", {"name": "Không Ai", "role": "coordinator"})
    given = client.post("/machine/roles/", {"name": "chi mai", "role": "coordinator"})
    twice = client.post("/machine/roles/", {"name": "chi mai", "role": "coordinator"})
    odd = client.post("/machine/roles/", {"name": "chi mai", "role": "publisher"})
    held = [(holder.name, holder.role) for holder in role_holders()]
    taken = client.post("/machine/roles/take", {"person": someone.view().pseudonym_id, "role": "coordinator"})

    assert [a.status_code for a in (unknown, given, twice, odd, taken)] == [422, 303, 409, 400, 303]
    assert 'value="Không Ai"' in text_of(unknown)
    assert held == [("Chi Mai", "coordinator"), ("Người Mở Bàn", "operator")]
    assert [holder.role for holder in role_holders()] == ["operator"]


@pytest.mark.parametrize("path", ["/people/", "/account/", "/machine/", "/machine/jobs/", "/machine/roles/", "/join/"])
def test_a_page_asks_the_database_as_often_with_ten_times_as_much(joined, django_assert_max_num_queries, path):
    client, now = signed_in(joined.operator.id), timezone.now()
    for number in range(2):
        joined.person(f"Người thứ {'ab'[number]}", "coordinator")
        Job.objects.create(name="library.learn", run_at=now, created_at=now)
    with django_assert_max_num_queries(25) as few:
        client.get(path)

    Invitation.objects.all().delete()
    for number in range(20):
        Job.objects.create(name="library.learn", run_at=now, created_at=now)
        Passkey.objects.create(
            account_id=joined.operator.id, credential_id=f"k{number}", public_key=b"k", name="máy", added_on=now.date()
        )
    with django_assert_max_num_queries(25) as many:
        client.get(path)

    assert len(many) == len(few)


def test_a_link_may_say_who_means_to_come_in(db, vi):
    page = vi.get("/signin/?name=Tre+M%E1%BA%ABu%22%3E").content.decode()

    assert 'value="Tre Mẫu&quot;&gt;"' in page
