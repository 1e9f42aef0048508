"""Writing, editing, withdrawing and using notes again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from notes_desk import ANSWER

from thuchu.desk import journey
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Claim
from thuchu.desk.ledger.models import Entry
from thuchu.desk.notes import drafts, reads, refusals
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import VERDICTS, VERSIONS_MAX, Note, Version
from thuchu.desk.notes.reuse import reuse
from thuchu.desk.notes.take_back import withdraw
from thuchu.desk.notes.write import WRITTEN_A_DAY_MAX, write
from thuchu.privacy import scrub

OTHER_ANSWER = "Không có bằng chứng nào cho thấy uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng."


def kinds():
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def close(claim):
    """As two people close it."""
    Claim.objects.filter(pk=claim).update(
        state="not_checkable", state_before="open", closed_reason="not_a_fact", need=None
    )


def test_a_note_stands_on_its_claim_with_verdict_words_and_evidence(desk, an, now):
    claim, first, second = desk.claim(), desk.evidence(), desk.evidence("Uống nhiều nước muối hại thận.")

    number = write(an, claim, desk.draft(evidence=[second, first, second]), now=now)

    (note,) = reads.notes_of([claim], viewer=None, now=now)
    assert (note.number, note.verdict, note.text, note.author.name) == (number, "false", ANSWER, "An Nhiên")
    assert [each.number for each in note.evidence] == [second, first]
    assert note.evidence[1].sentence == "Súc miệng bằng nước muối không diệt được vi rút."


def test_writing_is_an_entry_with_digests_and_no_words(desk, an, now):
    desk.note(an)

    entry = Entry.objects.get(kind="note.written")
    assert "Nước muối" not in entry.body
    assert "An Nhiên" not in entry.body
    assert f'"by":{an.pseudonym_id}' in entry.body


def test_a_note_keeps_its_claim_when_the_question_is_erased(desk, an, now):
    from thuchu.desk.claims.forget import let_go
    from thuchu.desk.intake.models import Submission

    number = desk.note(an)
    questions = list(Submission.objects.values_list("pk", flat=True))

    let_go(questions, now=now)
    Submission.objects.filter(pk__in=questions).delete()

    assert reads.note(number, viewer=None, now=now) is not None


def test_without_practice_nobody_writes(desk, binh):
    with pytest.raises(NotForYou):
        desk.note(binh)

    assert kinds().count("note.written") == 0


@pytest.mark.parametrize("verdict", VERDICTS)
def test_there_are_five_verdicts(desk, an, verdict, now):
    number = desk.note(an, verdict=verdict)

    assert reads.note(number, viewer=None, now=now).verdict == verdict


@pytest.mark.parametrize("verdict", ["", "opinion", "False", "helpful"])
def test_there_is_no_sixth_verdict(desk, an, verdict):
    with pytest.raises(refusals.VerdictUnknown):
        desk.note(an, verdict=verdict)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nước muối không diệt vi rút.", 6),
        ("Salt water doesn't kill well-known viruses.", 6),
        ("Xem https://yte.example/a/b?c=d-e và www.yte.example nhé", 3),
        ("gọi [phone] nhé", 2),
        ("… – !!! 🙂", 0),
        ("ไวรัส", 5),
    ],
)
def test_words_are_counted_as_people_count_them(text, words):
    assert drafts.count_words(text) == words


@given(st.lists(st.sampled_from(["nước", "muối", "không", "salt", "it's"]), max_size=50))
def test_a_text_has_as_many_words_as_were_put_into_it(words):
    assert drafts.count_words(", ".join(words)) == len(words)


def test_a_note_has_ten_to_six_hundred_words(desk, an):
    with pytest.raises(refusals.TooFewWords, match="9 words"):
        desk.note(an, text="một hai ba bốn năm sáu bảy tám chín")
    with pytest.raises(refusals.TooManyWords, match="601 words"):
        desk.note(an, text="chữ " * 601)
    with pytest.raises(refusals.TextTooLong):
        desk.note(an, text="chữ " * 20 + "https://yte.example/" + "a" * 6_000)

    assert desk.note(an, text="chữ " * 600)


def test_personal_data_in_a_note_is_covered_before_it_is_kept(desk, an, now):
    number = desk.note(an, text=ANSWER + " Hỏi thêm thì gọi 0912 345 678 gặp bác sĩ.")

    assert "0912" not in Version.objects.get(note=number).text
    assert "[phone]" in reads.note(number, viewer=None, now=now).text


def test_text_that_was_not_scrubbed_is_not_taken(desk, an, now):
    raw = drafts.Draft(verdict="false", text=ANSWER, evidence=[desk.evidence()])

    with pytest.raises(TypeError, match="CleanText"):
        write(an, desk.claim(), raw, now=now)


def test_several_people_write_on_one_claim_and_each_once(desk, an, now):
    claim, chi = desk.claim(), desk.person("Chi Mai")
    first = desk.note(an, claim)

    desk.note(chi, claim, text=OTHER_ANSWER)
    with pytest.raises(refusals.AlreadyWritten, match=f"number {first}"):
        desk.note(an, claim, text=OTHER_ANSWER)

    assert len(reads.notes_of([claim], viewer=None, now=now)) == 2


def test_who_withdrew_a_note_may_write_another(desk, an, now):
    claim = desk.claim()
    withdraw(an, desk.note(an, claim), now=now)

    desk.note(an, claim, text=OTHER_ANSWER)

    standing, withdrawn = reads.notes_of([claim], viewer=None, now=now)
    assert (standing.state, withdrawn.state) == ("current", "withdrawn")
    assert withdrawn.missing == ()


def test_nobody_floods_the_desk_with_notes(desk, an, now):
    Note.objects.bulk_create(
        Note(claim_id=desk.claim(), author_id=an.pseudonym_id, state="withdrawn", written_at=now, withdrawn_at=now)
        for _ in range(WRITTEN_A_DAY_MAX)
    )

    with pytest.raises(refusals.WrittenEnough):
        desk.note(an)

    desk.now += timedelta(hours=25)
    assert desk.note(an)


def test_closed_and_unknown_claims_get_no_note(desk, an, now):
    claim = desk.claim()
    close(claim)

    with pytest.raises(refusals.ClaimClosed):
        desk.note(an, claim)
    with pytest.raises(refusals.NoSuchClaim):
        desk.note(an, 999)


def test_an_edit_is_a_new_version_and_the_old_one_stays(desk, an, now):
    number = desk.note(an)

    version = edit(an, number, desk.draft(OTHER_ANSWER, verdict="unproven"), now=now + timedelta(hours=1))

    assert version == 2
    assert [each.text for each in reads.versions(number, now=now)] == [OTHER_ANSWER, ANSWER]
    shown = reads.note(number, viewer=None, now=now)
    assert (shown.verdict, shown.text, shown.versions) == ("unproven", OTHER_ANSWER, 2)
    assert shown.changed_at > shown.written_at


def test_an_edit_that_changes_nothing_is_none(desk, an, now):
    number = desk.note(an)

    with pytest.raises(refusals.NothingChanged):
        edit(an, number, desk.draft(), now=now)


def test_nobody_edits_or_withdraws_anothers_note_whatever_their_role(desk, an, now):
    number = desk.note(an)

    for other in (
        desk.person("Chi Mai"),
        desk.person("Dương", role="coordinator"),
        desk.person("Oanh", role="operator"),
    ):
        with pytest.raises(refusals.NotYours):
            edit(other, number, desk.draft(OTHER_ANSWER), now=now)
        with pytest.raises(refusals.NotYours):
            withdraw(other, number, now=now)

    assert reads.note(number, viewer=None, now=now).text == ANSWER


def test_a_note_has_a_limited_number_of_versions(desk, an, now):
    number = desk.note(an)
    for n in range(2, VERSIONS_MAX + 1):
        edit(an, number, desk.draft(f"{OTHER_ANSWER} Lần thứ {n}."), now=now)

    with pytest.raises(refusals.VersionsEnough):
        edit(an, number, desk.draft(OTHER_ANSWER), now=now)


def test_a_withdrawn_note_stays_readable_and_ends_there(desk, an, now):
    number = desk.note(an)

    withdraw(an, number, now=now)

    assert reads.note(number, viewer=None, now=now).text == ANSWER
    with pytest.raises(refusals.NoteWithdrawn):
        edit(an, number, desk.draft(OTHER_ANSWER), now=now)
    with pytest.raises(refusals.NoteWithdrawn):
        withdraw(an, number, now=now)
    with pytest.raises(refusals.NoSuchNote):
        withdraw(an, 999, now=now)


def test_a_note_is_used_again_on_another_claim_with_its_evidence_and_says_whose_it_was(desk, an, now):
    chi, origin = desk.person("Chi Mai"), desk.note(an, evidence=[desk.evidence(), desk.evidence("Hại thận.")])
    other = desk.claim("Nhỏ nước muối vào mũi sáng tối thì không bao giờ bị cúm, ai cũng nên làm ngay")

    copy = reads.note(reuse(chi, origin, other, now=now), viewer=None, now=now)

    original = reads.note(origin, viewer=None, now=now)
    assert (copy.claim, copy.copied_from, copy.author.name) == (other, origin, "Chi Mai")
    assert (copy.text, copy.verdict, copy.evidence) == (original.text, original.verdict, original.evidence)


def test_a_copy_of_a_copy_names_the_first_note(desk, an, now):
    chi, origin = desk.person("Chi Mai"), desk.note(an)
    second = desk.claim("Nhỏ nước muối vào mũi sáng tối thì không bao giờ bị cúm, ai cũng nên làm ngay")
    third = desk.claim("Ngâm chân nước muối nửa tiếng thì khỏi hẳn sốt xuất huyết, bác sĩ giấu không nói")

    copy = reuse(chi, reuse(chi, origin, second, now=now), third, now=now)

    assert reads.note(copy, viewer=None, now=now).copied_from == origin


def test_a_note_is_not_copied_onto_its_own_claim(desk, an, now):
    claim = desk.claim()
    number = desk.note(an, claim)

    with pytest.raises(refusals.SameClaim):
        reuse(desk.person("Chi Mai"), number, claim, now=now)


def test_the_database_itself_keeps_versions_as_they_were_written(desk, an, now):
    number = desk.note(an)

    for change in (
        lambda: Version.objects.filter(note=number).update(text="khác"),
        lambda: Note.objects.filter(pk=number).update(author=desk.person("Chi Mai").pseudonym_id),
        lambda: Version.objects.create(
            note_id=number,
            number=3,
            verdict="true",
            text=ANSWER,
            n_words=30,
            rests_on_id=desk.evidence(),
            written_at=now,
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_was_written_about_a_private_matter_goes_with_it(desk, an, binh, now):
    claim, other = desk.claim(), desk.claim("Cô giáo lớp ba bị bệnh lao mà vẫn đi dạy cả tháng nay")
    merged = desk.note(an, claim)
    number = desk.note(an, other)
    desk.rate(binh, number)
    chi, dung = desk.person("Chi Mai", role="coordinator"), desk.person("Dung Tran", role="coordinator")
    act = propose_merge(claim, other, scrub("một chuyện"), by=chi.pseudonym_id, now=now)
    journey.confirm_act(act, by=dung.pseudonym_id, now=now)
    act = propose_not_checkable(
        other, "private", scrub("bệnh của một người"), by=chi.pseudonym_id, now=now, has_helpful_note=False
    )
    assert reads.note(number, viewer=None, now=now) is not None

    journey.confirm_act(act, by=dung.pseudonym_id, now=now)

    assert reads.note(number, viewer=None, now=now) is None
    assert reads.note(merged, viewer=None, now=now) is None
    assert not Version.objects.exists()
    assert kinds()[-1] == "notes.erased"


def test_what_is_no_fact_keeps_its_notes_when_it_is_closed(desk, an, now):
    claim = desk.claim()
    number = desk.note(an, claim)
    chi, dung = desk.person("Chi Mai", role="coordinator"), desk.person("Dung Tran", role="coordinator")
    act = propose_not_checkable(
        claim, "not_a_fact", scrub("một ý kiến"), by=chi.pseudonym_id, now=now, has_helpful_note=False
    )

    journey.confirm_act(act, by=dung.pseudonym_id, now=now)

    assert reads.note(number, viewer=None, now=now) is not None


def test_a_note_page_of_a_claim_takes_eight_queries_however_many_notes(desk, an, django_assert_max_num_queries, now):
    claim, rater = desk.claim(), desk.person("Bình Minh")
    for author in desk.people(20):
        number = desk.note(author, claim, evidence=[desk.evidence(), desk.evidence("Hại thận.")])
        desk.rate(rater, number)

    with django_assert_max_num_queries(8):
        shown = reads.notes_of([claim], viewer=rater, now=now)

    assert len(shown) == 20
    assert all(len(note.evidence) == 2 and note.own_rating for note in shown)


def test_counts_of_notes_by_claim_and_by_author(desk, an, now):
    claim, other = desk.claim(), desk.claim("Nhỏ nước muối vào mũi sáng tối thì không bao giờ bị cúm, nên làm ngay")
    first, second = desk.note(an, claim), desk.note(an, other)

    assert reads.claims_with_notes([claim, other, 999]) == {claim: 1, other: 1}
    assert reads.n_notes_of([claim, other]) == 2
    assert [note.number for note in reads.written_by(an.pseudonym_id, viewer=an, now=now)] == [second, first]
