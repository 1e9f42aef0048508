"""863 real records, published as a table and wrapped as a feed: the same records out of both, or the same refusals."""

from dataclasses import replace
from pathlib import Path

import pytest

from thuchu.claimreview import FactCheckRecord, Outcome, Refusal, Row, content_digest, read_file, record_key
from thuchu.claimreview.__main__ import main

# Beside the repository, where somebody put the data there; never part of it.
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "claimreview-import"
FEED, TABLE = FOLDER / "factckbr-datafeed.json.gz", FOLDER / "factckbr.tsv.gz"

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"NOT RUN: the real records aren't here ({FOLDER}); the import was tried on none"
)


@pytest.fixture(scope="module")
def feed() -> list[Outcome]:
    return list(read_file(FEED))


@pytest.fixture(scope="module")
def table() -> list[Outcome]:
    return list(read_file(TABLE))


def without_language(outcomes: list[Outcome]) -> list[FactCheckRecord]:
    """The table has no column for the language: the only difference between the two files."""
    return [replace(outcome.record, language="") for outcome in outcomes if isinstance(outcome, Row)]


def test_both_files_give_the_same_records(feed: list[Outcome], table: list[Outcome]) -> None:
    assert len(feed) == len(table) == 863
    assert without_language(feed) == without_language(table)


def test_only_records_without_a_claim_are_refused(feed: list[Outcome], table: list[Outcome]) -> None:
    for outcomes in (feed, table):
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]

        assert len(refused) == 13
        assert {(refusal.field, refusal.reason) for refusal in refused} == {
            ("claimReviewed", "holds no words; add the claim that was checked")
        }


def test_every_record_has_a_key_and_a_digest_of_its_own(feed: list[Outcome]) -> None:
    records = [outcome.record for outcome in feed if isinstance(outcome, Row)]

    assert len({record_key(record) for record in records}) == len(records)
    assert len({content_digest(record) for record in records}) == len(records)


def test_verdicts_come_from_words_not_from_three_clashing_scales(feed: list[Outcome]) -> None:
    words = {(o.record.verdict_words.casefold(), o.record.verdict) for o in feed if isinstance(o, Row)}

    by_word = dict(words)
    assert len(by_word) == len(words)
    assert (by_word["falso"], by_word["verdadeiro"], by_word["sem contexto"]) == ("false", "true", "misleading")
    assert by_word["exagerado"] is by_word["verdadeiro, mas"] is by_word[""] is None


def test_the_look_before_an_import_counts_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(TABLE)]) == 1

    written = capsys.readouterr().out
    assert "table: row 850" in written
    assert "line 135, claimReviewed: holds no words" in written
