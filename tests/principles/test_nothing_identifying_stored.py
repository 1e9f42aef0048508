"""Rule 2: personal data in messages and imports reaches neither database, index, logs nor any other file."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

# Each is personal data in one of its writings; the second column is what must never be found on disk.
PLANTED = [
    ("gọi mình 0912 345 678 nhé", ["0912345678", "0912 345 678", "345 678"]),
    ("zalo O9l2.765.432", ["9l2.765.432", "0912765432", "765.432"]),
    ("call me at +44 7700 900123", ["7700 900123", "7700900123"]),
    ("thư về an.nguyen.mau@thu.example", ["an.nguyen.mau", "thu.example"]),
    ("căn cước 079203004567 của mẹ", ["079203004567", "3004567"]),
    ("stk 19034567890123 ngân hàng TCB", ["19034567890123", "34567890"]),
    ("thẻ 4111 1111 1111 1111", ["4111 1111 1111 1111", "4111111111111111"]),
    ("xem facebook.com/nguyen.van.mau.92", ["nguyen.van.mau.92"]),
    ("hỏi @tranthimau_95 trên mạng", ["tranthimau_95"]),
    ("biển số 51G-678.90 đỗ trước cửa", ["51G-678.90", "678.90"]),
    ("ở 10.776889, 106.700806 đó", ["10.776889", "106.700806"]),
]
CARRIER = "Nghe nói ngày mai cả thành phố cúp điện ba tiếng để sửa trạm, mọi người nhắn nhau {} kẻo lỡ việc"


def environment(home):
    return {**os.environ, "THUCHU_HOME": str(home), "THUCHU_CHECKS_PER_MINUTE": "10000"}


def run(home, *words, text=None):
    return subprocess.run(
        [sys.executable, "-m", "thuchu.cli", "--home", str(home), *words],
        input=text,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory, free_port):
    """A desk on its own home, with its log in a file, and an address to reach it at."""
    home = tmp_path_factory.mktemp("desk") / "home"
    log = home.parent / "server.log"
    address = f"http://127.0.0.1:{free_port}"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "thuchu.cli", "--home", str(home), "serve", "--port", str(free_port)],
            env=environment(home),
            stdout=out,
            stderr=out,
        )
        try:
            wait_until_up(address, process, log)
            yield home, log, address
        finally:
            # Also when it did not come up: it would hold the port of the next test.
            process.terminate()
            process.wait(timeout=30)


def wait_until_up(address, process, log):
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address + "/about/", timeout=5).close()
        except OSError:
            # Not there yet, or busy making its home.  (URLError and a socket that timed out are both OSErrors.)
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


def through_the_api(address, text):
    request = urllib.request.Request(
        address + "/api/v1/check", json.dumps({"text": text}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def through_the_page(address, text):
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(address + "/", timeout=30).read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "message": text}).encode()
    request = urllib.request.Request(address + "/", form, {"Referer": address + "/"})
    with opener.open(request, timeout=30) as response:
        return response.read().decode()


def files_of(home, log):
    return [path for path in [log, *home.rglob("*")] if path.is_file()]


def found_in(content, planted):
    return [secret for secret in planted if secret.encode() in content or secret.encode("utf-16-le") in content]


def test_no_door_lets_personal_data_onto_the_disk(desk, tmp_path):
    home, log, address = desk
    secrets = [secret for _, all_of_it in PLANTED for secret in all_of_it]
    records = tmp_path / "records.jsonl"
    with records.open("w", encoding="utf-8") as file:
        for number, (writing, _) in enumerate(PLANTED):
            claim = f"{CARRIER.format(writing)} ({number})"
            review = {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "url": f"https://tin.example/{number}",
                "claimReviewed": claim,
                "name": writing,
                "reviewBody": claim,
                "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Trần Thị Mẫu Lập"}},
                "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
            }
            file.write(json.dumps(review, ensure_ascii=False) + "\n")

    answers = [through_the_api(address, CARRIER.format(writing)) for writing, _ in PLANTED]
    pages = [through_the_page(address, CARRIER.format(writing)) for writing, _ in PLANTED]
    # A process takes seconds to start: each is given half of them, in one message.
    for half in (PLANTED[::2], PLANTED[1::2]):
        message = "\n".join(CARRIER.format(writing) for writing, _ in half)
        assert run(home, "check", "-", "--json", text=message).returncode == 0
    brought = run(home, "import", str(records), "--publisher", "Báo Thử", "--host", "tin.example")
    learned = run(home, "learn")

    assert brought.returncode == 0, brought.stderr
    assert learned.returncode == 0, learned.stderr
    assert len(answers) == len(pages) == len(PLANTED)
    hits = {
        str(path.relative_to(home.parent)): found
        for path in files_of(home, log)
        if (found := found_in(path.read_bytes(), [*secrets, "Mẫu Lập"]))
    }
    assert hits == {}


def test_a_broken_request_leaves_no_words_in_the_log(desk):
    _, log, address = desk

    for path in (
        "/so-dien-thoai-0987111222",
        "/f/0987111222",
        "/f/?query=so+dien+thoai+0987+111+222",
        "/q/AAAAAAAAAAAAAAAAAAAAAAAA",
        "/api/v1/fact-checks?q=0987111222",
    ):
        try:
            urllib.request.urlopen(address + path, timeout=30).close()
        except urllib.error.HTTPError:
            continue

    for line in (b"0987111222 hay goi\r\n\r\n", b"GET / HTTP/1.1\r\nHost: 0987111222.example\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", urllib.parse.urlsplit(address).port), timeout=30) as line_out:
            line_out.sendall(line)
            line_out.recv(1000)

    content = log.read_text().replace(address, "")
    assert "0987" not in content
    assert "127.0.0.1" not in content
    assert "AAAAAAAAAAAA" not in content


def test_an_erased_question_is_not_in_the_database_file(desk):
    home, _, address = desk
    answer = through_the_api(address, "Chuyện rất riêng về cây khế sau vườn nhà bà ngoại bị sét đánh đôi lần")
    token = answer["status_url"].rsplit("/", 1)[1]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{address}/q/{token}/erase", timeout=30).read().decode()
    csrf = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": csrf}).encode()
    request = urllib.request.Request(f"{address}/q/{token}/erase", form, {"Referer": f"{address}/q/{token}/erase"})

    opener.open(request, timeout=30).close()

    for name in ("desk.sqlite3", "desk.sqlite3-wal"):
        path = home / name
        assert not path.exists() or "cây khế sau vườn".encode() not in path.read_bytes()
