"""The published rules over tags, invitations and rounds, each on a table on which it must speak."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from consensus.ratings_facts import in_columns, tagged, two_camps
from thuchu import cli
from thuchu.consensus import COMMUNITY_NOTES, Counter, files, history, priors, published, score, scores, tags
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import enough
from thuchu.consensus.params import DAY_MS, HOUR_MS
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.scores import Prior, Scores
from thuchu.consensus.tables import BadFile

# A small table's intercepts are small; a note of two camps can't have four of each that like it more than not.
LOOSE = replace(
    COMMUNITY_NOTES, helpful_intercept=0.15, reject_intercept=-1.0, minority_net_min=0, safeguard_intercept=-1.0,
    ratings_per_rater_min=5, agreement_min=0.0, factor_max=5.0, sampled_min=2, sampled_side_min=0,
)  # fmt: skip
NOW = 1_000 * DAY_MS


def prior_of(ratings: Ratings, **columns: object) -> Prior:
    return replace(scores.nothing_known(ratings), **columns)  # type: ignore[arg-type]


def last(ratings: Ratings, **known: object) -> Scores:
    """The last pass with everybody in and tags that say nothing but what `known` says."""
    part = enough(ratings, 5, 5)
    found = fit(ratings, part=part)
    everybody = scores.Raters(found.rater_intercept, found.rater_factor, found.rater_factor, part.raters)
    told = published.from_tags(ratings, LOOSE, part, found, np.zeros(ratings.n_notes, dtype=np.int8))
    quiet: dict[str, object] = {
        "shares": np.ones(len(tags.OUTLIER_TAGS)),
        "known_diligence": np.zeros(ratings.n_notes),
    }
    told = replace(told, **(quiet | known))  # type: ignore[arg-type]
    params = replace(LOOSE, incorrect_score_min=np.inf)
    return published.final_scores(
        ratings, params, scores.nothing_known(ratings), (found, found), everybody, None, Counter(), told
    )


def test_poor_sources_hold_a_helpful_note_back() -> None:
    ratings = tagged(2).by_note()
    helpful = int(np.flatnonzero(last(ratings).status == 1)[0])

    poor = np.where(np.arange(ratings.n_notes) == helpful, 0.3, 0.0)

    assert last(ratings, known_diligence=poor).rule[helpful] == "low_diligence"


def test_a_tag_that_stands_out_holds_a_helpful_note_back() -> None:
    ratings = tagged(2).by_note()
    helpful = int(np.flatnonzero(last(ratings).status == 1)[0])
    outdated = tags.bit("notHelpfulOutdated")
    ticks = np.where(ratings.note == helpful, ratings.ticks | outdated, ratings.ticks & ~outdated).astype(np.uint32)

    found = last(replace(ratings, tags=ticks), shares=np.full(len(tags.OUTLIER_TAGS), 0.5))

    assert found.rule[helpful] == "tag_outlier"


def test_a_status_comes_with_two_reasons_or_not_at_all() -> None:
    ratings = tagged(2).by_note()
    found = last(ratings)
    assert found.reasons is not None
    names = [tags.NAMES[place] for place in found.reasons[:, found.status == 1].ravel()]

    assert (found.status == 1).any()
    assert all(name.startswith("helpful") for name in names)
    assert (found.reasons[:, found.status == 0] == -1).all()
    silent = last(replace(ratings, tags=np.zeros(len(ratings), dtype=np.uint32)))
    assert not silent.status.any()
    assert "too_few_reasons" in set(silent.rule)


def test_raters_invited_at_random_can_say_no() -> None:
    ratings = tagged(2, per_note=30).by_note()
    unloved = np.bincount(ratings.note[ratings.level == 0], minlength=ratings.n_notes)
    helpful = int(np.flatnonzero((last(ratings).status == 1) & (unloved > 2))[0])
    # Of its raters those who did not like it were invited, and nobody else.
    no = (ratings.note == helpful) & (ratings.level == 0)
    invited = np.where(no, tags.bit(tags.SAMPLED), 0).astype(np.uint32)

    assert last(replace(ratings, tags=ratings.ticks | invited)).rule[helpful] == "sampled_raters"


def rounds(ratings: Ratings, known: history.History) -> Scores:
    return score(ratings, replace(LOOSE, ratings_per_note_min=1), prior=prior_of(
        ratings, created_ms=np.full(ratings.n_notes, float(known.now_ms - 15 * DAY_MS)), history=known,
        was_helpful=known.current == 1,
    ))  # fmt: skip


def test_a_note_is_helpful_an_hour_after_it_is_good_enough_and_then_for_ever() -> None:
    ratings = two_camps(5, n_raters=60, n_notes=120, per_note=20)
    good = int(np.argmax(fit(ratings).note_intercept))

    first = rounds(ratings, history.nothing_yet(ratings.n_notes, NOW))
    assert first.rule[good] == "not_yet_stable"
    assert first.history is not None
    second = rounds(ratings, replace(first.history, now_ms=NOW + HOUR_MS))
    assert second.status[good] == 1
    assert second.history is not None
    assert second.history.is_locked[good]
    hated = replace(ratings, level=np.where(ratings.note == good, 0, ratings.level).astype(np.int8))
    third = rounds(hated, replace(second.history, now_ms=NOW + 2 * DAY_MS))
    assert (third.status[good], third.rule[good]) == (1, "locked")


def public(folder: Path) -> dict[str, Path]:
    """A small community in the public files' shape."""
    ratings = tagged(6, n_raters=60, n_notes=80)
    table = in_columns(ratings) | {"createdAtMillis": NOW + np.arange(len(ratings))}
    at = np.full(80, NOW - DAY_MS)
    return {
        "ratings": files.write_table(folder, "ratings-00000", "tsv", table),
        "notes": files.write_table(folder, "notes-00000", "tsv", {
            "noteId": np.arange(80),
            "classification": np.full(80, "MISINFORMED_OR_POTENTIALLY_MISLEADING"),
            "tweetId": np.arange(80) // 2,
        }),
        "status-history": files.write_table(folder, "noteStatusHistory-00000", "tsv", {
            "noteId": np.arange(80),
            "noteAuthorParticipantId": np.arange(80) % 7,
            "createdAtMillis": at,
            "currentStatus": np.full(80, "NEEDS_MORE_RATINGS"),
        }),
    }  # fmt: skip


def test_one_run_s_history_is_the_next_one_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = public(tmp_path)
    arguments = ["consensus", "score", "--ratings", str(place["ratings"]), "--notes", str(place["notes"])]

    earlier = place["status-history"]
    for number, now in enumerate((NOW + HOUR_MS, NOW + 3 * HOUR_MS, NOW + 3 * HOUR_MS)):
        out = tmp_path / f"run{number}"
        told = ["--status-history", str(earlier), "--now", str(now), "--out", str(out), "--format", "tsv"]
        assert cli.main([*arguments, *told]) == 0
        earlier = out / "history.tsv"

    runs = [
        files.read_columns(tmp_path / f"run{number}" / "history.tsv", ["noteId", "currentStatus"]) for number in (1, 2)
    ]
    assert runs[0]["noteId"] == [str(note) for note in range(80)]
    assert runs[0].texts == runs[1].texts
    assert "community_notes 2" in capsys.readouterr().out


def test_notes_that_nobody_rated_and_authors_who_rate_nothing_are_left_to_the_next_round(tmp_path: Path) -> None:
    place = public(tmp_path)
    history = place["status-history"]
    lines = history.read_text("utf-8").splitlines()
    lines[1] = lines[1].replace("\t0\t", "\tnever-rates\t", 1)
    more = "9000\tgone-author\t17\tCURRENTLY_RATED_HELPFUL"
    history.write_text("\n".join([*lines, more]) + "\n", "utf-8")
    arguments = ["consensus", "score", "--ratings", str(place["ratings"]), "--status-history", str(history)]

    assert cli.main([*arguments, "--out", str(tmp_path / "run"), "--format", "tsv"]) == 0

    left = files.read_columns(
        tmp_path / "run" / "history.tsv",
        ["noteId", "noteAuthorParticipantId", "createdAtMillis", "currentStatus", "lockedStatus"],
    )
    rows = {note: [left[name][row] for name in left.texts] for row, note in enumerate(left["noteId"])}
    assert len(rows) == 81
    assert rows["9000"] == ["9000", "gone-author", "17", "CURRENTLY_RATED_HELPFUL", ""]
    assert rows["0"][1] == "never-rates"
    report = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    assert report["inputs_beside"] == {"status_history": {history.name: files.digest(history)}}
    assert report["looked_for_coordination"]
    assert report["coordination"]["co_rating"]["posts_min"] == 10
    assert report["loss"] == report["fits"][-1]["loss"]


@pytest.mark.parametrize("option", [["--check-flips"], ["--now", "99"]])
def test_what_compares_with_an_earlier_round_needs_its_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: list[str]
) -> None:
    place = public(tmp_path)

    arguments = ["--ratings", str(place["ratings"]), "--notes", str(place["notes"]), "--out", str(tmp_path / "run")]
    assert cli.main(["consensus", "score", *arguments, *option]) == 1

    assert "--status-history" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


def test_a_wrong_row_is_named_in_the_part_where_it_stands(tmp_path: Path) -> None:
    place = public(tmp_path)
    parts = tmp_path / "parts"
    parts.mkdir()
    lines = place["status-history"].read_text("utf-8").splitlines(keepends=True)
    (parts / "a.tsv").write_text("".join(lines[:41]), "utf-8")
    wrong = lines[43].replace("NEEDS_MORE_RATINGS", "WHAT")
    (parts / "b.tsv").write_text("".join([lines[0], *lines[41:43], wrong]), "utf-8")

    with pytest.raises(BadFile, match=r"b\.tsv, row 4, column currentStatus: 'WHAT'"):
        priors.read_prior(files.read_ratings(place["ratings"]), priors.PriorFiles(history=parts))


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("createdAtMillis", "soon", "row 2, column createdAtMillis: 'soon' is not a time"),
        ("createdAtMillis", "-7", "row 2, column createdAtMillis: '-7' is not a time"),
        ("createdAtMillis", "inf", "row 2, column createdAtMillis: 'inf' is not a time"),
        ("currentStatus", "FINE", "row 2, column currentStatus: 'FINE' is none of"),
        ("noteId", "1", "row 3, column noteId: note 1 stands there twice"),
    ],
)
def test_what_is_wrong_in_a_history_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str, value: str, sentence: str
) -> None:
    place = public(tmp_path)
    header, first, *rest = place["status-history"].read_text("utf-8").splitlines()
    cells = first.split("\t")
    cells[header.split("\t").index(column)] = value
    place["status-history"].write_text("\n".join([header, "\t".join(cells), *rest]) + "\n", "utf-8")

    arguments = ["--ratings", str(place["ratings"]), "--status-history", str(place["status-history"])]
    assert cli.main(["consensus", "score", *arguments, "--out", str(tmp_path / "run")]) == 1

    assert sentence in capsys.readouterr().err


def test_a_tag_that_is_neither_ticked_nor_not_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = public(tmp_path)["ratings"]
    header, first, *rest = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([header, first[: first.rindex("\t", 0, first.rindex("\t"))] + "\t7\t5", *rest]) + "\n")

    arguments = ["consensus", "score", "--params", "community_notes", "--ratings", str(table)]
    assert cli.main([*arguments, "--out", str(tmp_path / "run")]) == 1

    assert "row 2, column notHelpfulNoteNotNeeded: '7' is none of 0, 1 and nothing" in capsys.readouterr().err
