"""The index of claims beside its tables: it finds what is near, is made again when gone, forgets what was erased."""

import shutil
import subprocess
import sys
import textwrap

import pytest
from waiting_desk import CAT, POWER_CUT, SALT_WATER

from thuchu.desk.claims import index
from thuchu.desk.claims.forget import let_go
from thuchu.desk.claims.join import Near
from thuchu.desk.claims.models import Claim, Grouping
from thuchu.matching import Collection
from thuchu.privacy import scrub

PARAPHRASE = "Uống nước muối loãng vào mỗi buổi sáng có diệt được vi rút trong cổ họng không"


def found(home, text):
    return [near.claim_id for near in index.near(home, scrub(text))]


def test_a_claim_is_found_by_its_words_once_the_index_has_caught_up(home, desk):
    number = desk.claim(SALT_WATER)
    desk.claim(POWER_CUT)
    assert found(home, PARAPHRASE) == []

    assert index.catch_up(home) == 2

    assert found(home, PARAPHRASE)[0] == number
    assert index.behind(home) == ""
    assert index.catch_up(home) == 0


def test_an_empty_desk_has_an_empty_index(home, db):
    assert index.behind(home) == ""
    assert found(home, PARAPHRASE) == []


def test_closed_and_erased_claims_are_found_no_more_and_merged_ones_lead_on(home, desk):
    one, two, three = desk.claim(SALT_WATER), desk.claim(POWER_CUT), desk.claim(CAT)
    index.catch_up(home)
    desk.merge(one, two)
    desk.close(three)
    index.catch_up(home)

    assert three not in found(home, CAT)
    near = index.near(home, scrub(PARAPHRASE))
    assert near[0].claim_id == one
    joined = desk.ask(PARAPHRASE, near=[Near(claim_id=one, probability=0.99, sure=True)])
    assert joined.claim_id == two
    questions = list(Grouping.objects.values_list("submission_id", flat=True))
    let_go(questions, now=desk.now)
    index.catch_up(home)
    assert found(home, SALT_WATER) == []
    assert index.behind(home) == ""


@pytest.mark.parametrize("harm", ["gone", "broken", "of another desk"])
def test_whatever_happens_to_its_folder_it_is_made_again(home, desk, harm):
    number = desk.claim(SALT_WATER)
    index.catch_up(home)
    index.close(home)
    folder = home / "claims-index"
    if harm == "gone":
        shutil.rmtree(folder)
    elif harm == "broken":
        for path in (folder / "forward").rglob("*"):
            if path.is_file():
                path.write_bytes(b"")
    else:
        Collection.discard(folder)
        with Collection.open(folder) as other:
            other.commit(9_999)

    index.catch_up(home)

    assert found(home, PARAPHRASE) == [number]
    assert index.behind(home) == ""


def test_it_is_made_afresh_when_something_changed_and_only_then(home, desk):
    desk.claim(SALT_WATER)

    assert index.make_afresh(home) == 1
    assert index.make_afresh(home) == 0
    desk.claim(POWER_CUT)
    assert index.make_afresh(home) == 2


def test_only_a_very_likely_claim_without_a_rival_is_sure(home, desk):
    desk.claim(SALT_WATER)
    index.catch_up(home)

    near = index.near(home, scrub("Nước muối có tốt cho sức khỏe không"))

    assert not any(each.sure for each in near)


MANY_ASK = textwrap.dedent(
    """
    import os, sys, threading
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django
    django.setup()
    from django.db import connection
    from django.utils import timezone
    from thuchu.desk import home, journey
    home.make_ready()
    journey.warm_up()
    TEXTS = [
        "Nghe nói ngày mai cả thành phố cúp nước từ sáng tới chiều phải không mọi người",
        "Bài này đúng không https://tin.example/bai/7",
    ]
    def ask():
        for number in range(4):
            journey.ask(TEXTS[number % 2], door="cli", page_language="vi", now=timezone.now())
        connection.close()
    threads = [threading.Thread(target=ask) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    """
)


def test_many_who_ask_the_same_in_one_moment_are_under_one_claim(tmp_path):
    processes = [subprocess.Popen([sys.executable, "-c", MANY_ASK, str(tmp_path / "home")]) for _ in range(2)]
    assert [process.wait(timeout=240) for process in processes] == [0, 0]

    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        "print(c.execute('SELECT count(*), min(askers), max(askers) FROM claims_claim').fetchone(), "
        "c.execute('SELECT count(*) FROM claims_grouping').fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "home" / "desk.sqlite3")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "(2, 16, 16) 32"


def test_a_catch_up_that_is_cut_off_goes_on_where_it_was(home, desk, monkeypatch):
    monkeypatch.setattr(index, "COMMIT_ROWS", 1)
    for text in (SALT_WATER, POWER_CUT, CAT):
        desk.claim(text)
    commit = Collection.commit
    done = []

    def cut_off(self, stamp):
        if len(done) == 2:
            raise OSError("no space left")
        done.append(stamp)
        commit(self, stamp)

    monkeypatch.setattr(Collection, "commit", cut_off)
    with pytest.raises(OSError, match="no space left"):
        index.catch_up(home)
    monkeypatch.setattr(Collection, "commit", commit)

    assert index.catch_up(home) == 1
    assert Claim.objects.count() == 3
    assert index.behind(home) == ""
