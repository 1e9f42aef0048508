"""The `thuchu` command as an operator types it: real processes over a real home."""

import json

import pytest

import warm_thuchu

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://tin.example/nuoc-muoi",
    "claimReviewed": "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng",
    "reviewBody": "Nước muối làm dịu cổ họng. Nó không diệt vi rút.",
    "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
    "inLanguage": "vi",
}


def thuchu(*words, home=None, text="", **environment):
    before = [] if home is None else ["--home", home]
    return warm_thuchu.thuchu(*before, *words, text=text, **environment)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    records = folder / "records.jsonl"
    records.write_text(json.dumps(REVIEW, ensure_ascii=False) + "\n{broken\n", "utf-8")
    done = thuchu("import", records, "--publisher", "Báo Thử", "--host", "tin.example", home=folder / "home")
    assert done.returncode == 0, done.stderr
    assert "1 added" in done.stdout
    assert "1 refused" in done.stdout
    assert f"{records}, line 2" in done.stderr
    return folder / "home"


def test_check_json_is_the_documented_answer(home):
    done = thuchu("check", REVIEW["claimReviewed"], "--json", home=home)

    answer = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert set(answer) >= {"decision", "language", "matches", "links", "status_url"}
    match = answer["matches"][0]
    assert set(match) >= {"id", "title", "claim", "verdict", "publisher", "url", "probability", "why"}
    assert (match["url"], match["publisher"], match["verdict"]) == (REVIEW["url"], "Báo Thử", "false")


def test_check_reads_standard_input_and_speaks_both_languages(home):
    vietnamese = thuchu("check", "-", home=home, text=REVIEW["claimReviewed"])
    english = thuchu("check", "-", "--language", "en", home=home, text=REVIEW["claimReviewed"])

    assert "Báo Thử kết luận: Sai" in vietnamese.stdout
    assert "Báo Thử reports: Sai" in english.stdout


def test_an_english_message_is_answered_in_english(home):
    done = thuchu("check", "Is it true that the moon was sold to my neighbour last week?", home=home)

    assert "We don't know yet" in done.stdout


def test_a_message_without_words_is_refused_with_a_next_step(home):
    done = thuchu("check", "  ", home=home)

    assert done.returncode == 2
    assert "Tin còn trống" in done.stderr


def test_the_home_may_be_named_before_or_behind_the_command_or_in_the_environment(home):
    behind = thuchu("doctor", "--home", home)
    before = thuchu("doctor", home=home)
    around = thuchu("doctor", THUCHU_HOME=str(home))

    for done in (behind, before, around):
        assert done.returncode == 0, done.stdout + done.stderr
        assert "All is well." in done.stdout


def test_what_is_exported_can_be_imported_into_an_empty_desk(home, tmp_path):
    for form in ("jsonl", "feed", "csv"):
        path = tmp_path / f"all.{ {'feed': 'json'}.get(form, form) }"
        assert thuchu("export", "--format", form, "--output", path, home=home).returncode == 0

        done = thuchu("import", path, home=tmp_path / form)

        assert "1 added, 0 replaced, 0 withdrawn, 0 unchanged, 0 refused" in done.stdout, done.stdout + done.stderr
        assert "no host of this publisher is admitted" in done.stdout


def test_withdraw_needs_a_known_address(home):
    done = thuchu("withdraw", "https://tin.example/nothing", "--reason", "nhầm", home=home)

    assert done.returncode == 1
    assert "thuchu export" in done.stderr


def test_import_says_what_is_missing(home, tmp_path):
    assert "--publisher NAME" in thuchu("import", "x.json", "--host", "tin.example", home=home).stderr
    assert "FILE" in thuchu("import", home=home).stderr
    missing = thuchu("import", tmp_path / "no.json", "--publisher", "Báo Thử", home=home)
    assert missing.returncode == 1
    assert "No such file" in missing.stderr


def test_a_link_list_comes_in_and_goes(home, tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("lua-dao.example\n~~~\n", "utf-8")

    brought = thuchu("import", "--links", path, "--publisher", "Danh sách Thử", home=home)
    warned = json.loads(thuchu("check", "vào lua-dao . example nhận quà ngay đi cả nhà", "--json", home=home).stdout)
    removed = thuchu("import", "--remove-links", "--publisher", "Danh sách Thử", home=home)

    assert "1 hosts" in brought.stdout
    assert f"{path}, line 2: no host and no address: ~~~" in brought.stderr
    assert warned["links"][0]["warning"] == "listed"
    assert warned["links"][0]["publisher"] == "Danh sách Thử"
    assert "1 hosts taken away" in removed.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [("THUCHU_WORKERS", "0"), ("THUCHU_KEEP_DAYS", "soon"), ("THUCHU_ADDRESS", "example.org"), ("THUCHU_NAME", "")],
)
def test_a_wrong_option_stops_the_start_with_name_value_and_what_is_allowed(tmp_path, name, value):
    done = thuchu("check", "xin chào", home=tmp_path / "home", **{name: value})

    assert done.returncode == 1
    assert f"{name}={value}: must be" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_what_is_wrong_and_how_to_mend_it(home, tmp_path):
    empty = thuchu("doctor", home=tmp_path / "empty")
    (home / "secret-key").chmod(0o644)
    loose = thuchu("doctor", home=home)
    (home / "secret-key").chmod(0o600)

    assert empty.returncode == 1
    assert "→ run `thuchu serve`" in empty.stdout
    assert loose.returncode == 1
    assert "chmod 600" in loose.stdout


def test_doctor_finds_a_ledger_that_was_changed_by_hand(home, tmp_path):
    import shutil
    import sqlite3

    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    connection = sqlite3.connect(copy / "desk.sqlite3")
    connection.execute("DROP TRIGGER ledger_no_update")
    connection.execute("UPDATE ledger_entry SET subject = 'khác' WHERE seq = 2")
    connection.commit()
    connection.close()

    done = thuchu("doctor", home=copy)

    assert done.returncode == 1
    assert "entry 2" in done.stdout


def test_every_command_explains_itself():
    for words in ([], ["serve"], ["demo"], ["check"], ["import"], ["export"], ["withdraw"], ["doctor"], ["learn"]):
        done = thuchu(*words, "--help")
        assert done.returncode == 0
        assert "usage: thuchu" in done.stdout
