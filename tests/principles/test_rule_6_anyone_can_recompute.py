"""Rule 6: rounds follow from ledger entries alone, to the bit, and from a dump whoever wants to computes them again."""

import ast
import random
from datetime import timedelta
from pathlib import Path

import pytest
from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

import thuchu
from dump.dumps import made_up, three_rounds
from replies.mailed_desk import MailedDesk
from rounds.ledger_facts import Ledger, two_camps
from thuchu import consensus
from thuchu.desk import journey
from thuchu.desk.dump.write import write_dump
from thuchu.desk.ledger.append import head
from thuchu.desk.ledger.models import Entry
from thuchu.desk.notes.models import Entered, Rating, Tally
from thuchu.desk.publishing.models import Round, Standing
from thuchu.desk.publishing.round import hold_round, read_ledger
from thuchu.desk.web.compile_messages import refresh
from thuchu.dump import recompute
from thuchu.rounds import decide

SRC = Path(thuchu.__file__).parent
# What a status follows from: no dice and no clock in any of them.  Made-up communities for trying things on are drawn.
EXACT_ROOMS = ("consensus", "rounds", "dump", "log")
DICE_AND_CLOCKS = {"random", "secrets", "time", "datetime", "uuid"}
DRAWS = "looking.py"
RATERS = 60

# A dump says its rules, and a letter its sentences, in both languages.
refresh()


@pytest.fixture
def camps(db, home, now):
    return TwoCamps(now)


def rows():
    return list(Standing.objects.order_by("note").values_list("note", "version", "status", "rule"))


def test_whoever_has_the_dump_computes_every_status_of_every_round(camps, now, tmp_path):
    for minutes in (0, 31):
        journey.settle(now=now + timedelta(minutes=minutes))
    for person in camps.raters[::2]:
        camps.rate(person, camps.notes[2], "not_helpful")
    journey.settle(now=now + timedelta(hours=2))
    write_dump(tmp_path / "dump")

    again = recompute(tmp_path / "dump")

    assert (again.rounds, again.differences) == (Round.objects.count(), ())
    assert again.statuses == sum(len(decide(read_ledger(each.up_to), time_ms=0).statuses) for each in held())
    last = decide(read_ledger(held()[-1].up_to), time_ms=0)
    assert [(each.note, each.version, each.status, each.rule) for each in last.statuses] == rows()


def held():
    return list(Round.objects.order_by("number"))


def test_no_table_beside_the_ledger_bears_on_a_round(camps, now):
    """Whoever turns every rating over where only the database says it turns no status over."""
    hold_round(now=now)
    before = rows()
    for table in (Entered, Rating):
        table.objects.update(helpfulness="not_helpful", reasons="notHelpfulIncorrect")
    Tally.objects.all().delete()

    assert hold_round(now=now + HALF_AN_HOUR) == 2

    assert rows() == before


def test_what_comes_after_a_round_bears_on_it_no_more(camps, now):
    hold_round(now=now)
    row = Round.objects.get()
    for person in camps.raters:
        camps.rate(person, camps.notes[2], "not_helpful")
    hold_round(now=now + HALF_AN_HOUR)

    assert decide(read_ledger(row.up_to), time_ms=0).digest == row.digest
    assert Round.objects.latest("number").digest != row.digest


def renamed(ledger, seed):
    """The same ledger, in which every rater has another number."""
    numbers = random.Random(seed).sample(range(1, 2**63), RATERS)
    other = Ledger()
    for _, time_ms, kind, subject, body in ledger.entries:
        lines = [[n, v, str(numbers[int(who) - 1001]), *rest] for n, v, who, *rest in body.get("ratings", ())]
        other.append(kind, subject, {"ratings": lines} if lines else body, time_ms)
    return other


@pytest.mark.parametrize("seed", range(5))
def test_whatever_raters_are_called_every_sum_is_the_same_to_the_bit(seed):
    ledger = Ledger()
    two_camps(ledger, raters=RATERS)
    one, other = (consensus.score(each.replay().ratings()) for each in (ledger, renamed(ledger, seed)))

    for name in ("intercept", "factor", "agreed", "status"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name


def test_no_dice_and_no_clock_in_the_rooms_that_statuses_follow_from():
    for path in (path for room in EXACT_ROOMS for path in (SRC / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not DICE_AND_CLOCKS & {name.partition(".")[0] for name in names}, path
            draws = isinstance(node, ast.Attribute) and ast.unparse(node).startswith("np.random")
            assert not draws or path.name == DRAWS, path


def test_the_hour_decides_nothing_but_which_helpful_notes_have_waited():
    ledger = Ledger()
    two_camps(ledger)

    assert decide(ledger.replay(), time_ms=0).digest == decide(ledger.replay(), time_ms=2**40).digest


def test_a_digest_that_is_not_that_of_its_statuses_is_told(tmp_path):
    ledger = three_rounds()
    lie = next(body for _, _, kind, _, body in ledger.entries if kind == "round.held")
    lie["statuses_digest"] = "0" * 64

    (difference,) = recompute(made_up(tmp_path / "dump", ledger)).differences

    assert (difference.round, difference.note, difference.expected) == (1, 0, f"statuses_digest {'0' * 64}")


def test_the_head_of_the_ledger_stands_on_pages_feeds_and_letters(db, home, now, office, settings, client):
    settings.THUCHU_SMTP_URL = f"smtp+plain://127.0.0.1:{office.port}"
    desk = MailedDesk(now, office)
    desk.subscribe(desk.ask())
    desk.agree()

    stands = head()
    for path in ("/", "/about/", "/ledger/", "/feeds/vi/all.atom", "/feeds/vi/all.json"):
        page = client.get(path)
        assert page.status_code == 200, path
        assert stands.hash.hex()[:12] in page.content.decode(), path
    assert any(len(word) >= 12 and word in hashes() for word in office.last.get_content().split())


def hashes():
    found = [bytes(each).hex() for each in Entry.objects.values_list("hash", flat=True)]
    return {each[:n] for each in found for n in (12, 64)}


def test_about_says_what_is_not_yet_provable(db, home, client):
    page = client.get("/about/", headers={"accept-language": "en"}).content.decode()

    assert "What you still have to take our word for" in page
    assert "could still show two people two different ledgers" in page
