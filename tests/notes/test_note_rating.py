"""Rating notes: who may, what is said, what it changes, and what nobody sees before they rated."""

import pytest
from notes_desk import ANSWER

from thuchu.desk.claims import reads as claims_reads
from thuchu.desk.claims.models import Claim
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wording import reword
from thuchu.desk.ledger.models import Entry
from thuchu.desk.notes import reads, refusals
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.missing import Missing
from thuchu.desk.notes.models import Entered, Rating
from thuchu.desk.notes.rate import rate, retract
from thuchu.desk.notes.reasons import FITTING, LEVEL_WORDS, REASON_WORDS, Helpfulness, Reason
from thuchu.desk.notes.reuse import reuse
from thuchu.desk.notes.take_back import withdraw
from thuchu.desk.notes.to_rate import to_rate
from thuchu.privacy import scrub

OTHER_ANSWER = "Không có bằng chứng nào cho thấy uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng."
NOSE = "Nhỏ nước muối vào mũi sáng tối thì không bao giờ bị cúm, ai cũng nên làm ngay hôm nay"
FEET = "Ngâm chân nước muối nửa tiếng thì khỏi hẳn sốt xuất huyết, bác sĩ giấu không nói ra"


def rated_by(desk, note, people, helpfulness="helpful", reasons=None, *, version=1):
    for person in people:
        desk.rate(person, note, helpfulness, reasons, version=version)


def test_a_rating_sent_twice_counts_once(desk, an, binh):
    note = desk.note(an)

    desk.rate(binh, note)
    desk.rate(binh, note)

    assert Rating.objects.count() == 1


def test_the_first_rating_freezes_the_claims_words(desk, an, binh, now):
    claim = desk.claim()
    note = desk.note(an, claim)
    assert not claims_reads.claim(claim, now=now).is_frozen

    desk.rate(binh, note)

    assert claims_reads.claim(claim, now=now).is_frozen
    with pytest.raises(ClaimRefused, match="words_are_frozen"):
        reword(claim, scrub("Câu khác hẳn"), by=an.pseudonym_id, now=now)


def test_a_rating_that_is_refused_freezes_nothing(desk, an, now):
    claim = desk.claim()
    note = desk.note(an, claim)

    with pytest.raises(refusals.OwnNote):
        desk.rate(an, note)

    assert not claims_reads.claim(claim, now=now).is_frozen


def test_no_rating_writes_an_entry_of_its_own(desk, an, binh, now):
    note = desk.note(an)
    desk.rate(binh, note)
    before = Entry.objects.count()

    desk.rate(binh, note, "not_helpful")
    desk.rate(desk.person("Chi Mai"), note)
    retract(binh, note, now=now)

    assert Entry.objects.count() == before


def test_nobody_rates_their_own_words(desk, an, now):
    chi, note = desk.person("Chi Mai"), desk.note(an)
    copy = reuse(chi, note, desk.claim(NOSE), now=now)

    for person, number in ((an, note), (chi, copy), (an, copy)):
        with pytest.raises(refusals.OwnNote):
            desk.rate(person, number)


@pytest.mark.parametrize("level", list(Helpfulness))
@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_goes_with_its_level(desk, an, binh, level, reason):
    note = desk.note(an)

    if reason in FITTING[level]:
        desk.rate(binh, note, level.value, [reason.value])
        assert Rating.objects.get().reasons == reason.value
    else:
        with pytest.raises(refusals.ReasonMisfits):
            desk.rate(binh, note, level.value, [reason.value])


def test_a_rating_says_how_helpful_and_why(desk, an, binh, now):
    note = desk.note(an)

    with pytest.raises(refusals.LevelUnknown):
        rate(binh, note, "very", ["helpfulClear"], version=1, now=now)
    with pytest.raises(refusals.ReasonWanted):
        rate(binh, note, "helpful", [], version=1, now=now)
    with pytest.raises(refusals.ReasonMisfits):
        rate(binh, note, "helpful", ["helpfulClear", "x" * 900], version=1, now=now)
    assert not Rating.objects.exists()


def test_every_level_and_reason_has_its_words():
    assert set(LEVEL_WORDS) == set(Helpfulness)
    assert set(REASON_WORDS) == set(Reason)


def test_a_visitor_rates_nothing(desk, an, now):
    note = desk.note(an)

    with pytest.raises(TypeError, match="AccountView"):
        rate(None, note, "helpful", ["helpfulClear"], version=1, now=now)


def test_a_rating_is_changed_and_taken_back(desk, an, binh, now):
    note = desk.note(an)
    desk.rate(binh, note)

    desk.rate(binh, note, "somewhat_helpful", ["notHelpfulOutdated", "helpfulClear"])

    own = reads.note(note, viewer=binh, now=now).own_rating
    assert (own.helpfulness, own.reasons) == ("somewhat_helpful", ("helpfulClear", "notHelpfulOutdated"))
    retract(binh, note, now=now)
    assert reads.note(note, viewer=binh, now=now).own_rating is None
    with pytest.raises(refusals.NotRated):
        retract(binh, note, now=now)


def test_a_rating_taken_back_before_any_batch_leaves_no_trace(desk, an, binh, now):
    note = desk.note(an)
    desk.rate(binh, note)

    retract(binh, note, now=now)

    assert not Rating.objects.exists()


def test_withdrawn_notes_and_closed_claims_are_not_rated(desk, an, binh, now):
    note, other = desk.note(an), desk.note(an, desk.claim(NOSE))
    withdraw(an, note, now=now)
    Claim.objects.filter(notes=other).update(
        state="not_checkable", state_before="open", closed_reason="not_a_fact", need=None
    )

    with pytest.raises(refusals.NoteWithdrawn):
        desk.rate(binh, note)
    with pytest.raises(refusals.ClaimClosed):
        desk.rate(binh, other)
    with pytest.raises(refusals.NoSuchNote):
        desk.rate(binh, 999)


def test_a_note_edited_while_it_was_read_is_read_again(desk, an, binh, now):
    note = desk.note(an)
    edit(an, note, desk.draft(OTHER_ANSWER), now=now)

    with pytest.raises(refusals.VersionGone):
        desk.rate(binh, note, version=1)

    desk.rate(binh, note, version=2)


def test_ratings_stay_on_the_version_they_were_given_to_and_their_raters_are_told(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    rated_by(desk, note, people)
    take_batch(now=now)

    edit(an, note, desk.draft(OTHER_ANSWER), now=now)

    shown = reads.note(note, viewer=people[0], now=now)
    assert shown.own_rating.edited_since
    assert shown.result is None
    assert Missing(code="needs_more", count=5) in shown.missing
    assert [each.number for each in to_rate(people[0], now=now)] == [note]
    assert {each.version for each in Entered.objects.all()} == {1}


def test_no_result_is_shown_before_one_rated(desk, an, now):
    people, note = desk.people(6), desk.note(an)
    rated_by(desk, note, people[:4])
    rated_by(desk, note, [people[4]], "not_helpful")
    take_batch(now=now)

    assert reads.note(note, viewer=None, now=now).result is None
    assert reads.note(note, viewer=people[5], now=now).result is None
    shown = reads.note(note, viewer=people[0], now=now).result
    assert (shown.helpful, shown.somewhat_helpful, shown.not_helpful) == (4, 0, 1)


def test_the_writer_sees_how_the_note_was_rated_and_what_to_mend_and_nobody_else_does(desk, an, now):
    people, note = desk.people(6), desk.note(an)
    rated_by(desk, note, people[:3], "not_helpful", ["notHelpfulMissingKeyPoints", "notHelpfulHardToUnderstand"])
    rated_by(desk, note, people[3:5], "somewhat_helpful", ["helpfulClear", "notHelpfulMissingKeyPoints"])
    take_batch(now=now)

    missing = reads.note(note, viewer=an, now=now).missing

    assert missing == (
        Missing(code="needs_other_habit"),
        Missing(code="mend", count=5, reason=Reason.NOT_HELPFUL_MISSING_KEY_POINTS),
        Missing(code="mend", count=3, reason=Reason.NOT_HELPFUL_HARD_TO_UNDERSTAND),
    )
    for reader in (None, people[0], people[5]):
        assert reads.note(note, viewer=reader, now=now).missing == (Missing(code="needs_other_habit"),)


def test_what_is_missing_is_said_in_numbers_of_the_last_batch(desk, an, now):
    people, note, other = desk.people(5), desk.note(an), desk.note(an, desk.claim(NOSE))
    rated_by(desk, note, people[:2])
    rated_by(desk, other, people[2:])
    assert reads.note(note, viewer=an, now=now).missing[0] == Missing(code="needs_more", count=5)

    take_batch(now=now)

    assert reads.note(note, viewer=an, now=now).missing == (
        Missing(code="needs_more", count=3),
        Missing(code="needs_other_habit"),
    )


def test_no_reasons_are_shown_of_fewer_than_five_people(desk, an, now):
    people, note, other = desk.people(5), desk.note(an), desk.note(an, desk.claim(NOSE))
    rated_by(desk, note, people[:4], "not_helpful")
    rated_by(desk, other, people[4:])
    take_batch(now=now)

    assert all(each.code != "mend" for each in reads.note(note, viewer=an, now=now).missing)


def test_everybody_has_the_same_list_without_what_is_theirs_or_done(desk, an, now):
    chi, binh, giang = desk.person("Chi Mai"), desk.person("Bình Minh"), desk.person("Giang")
    first, second, third = desk.note(an), desk.note(chi, desk.claim(NOSE)), desk.note(an, desk.claim(FEET))
    desk.rate(binh, second)
    copy = reuse(
        chi, first, desk.claim("Súc miệng nước muối thì răng trắng ra trong một tuần, ai thử cũng thấy vậy"), now=now
    )

    def numbers(viewer):
        return [note.number for note in to_rate(viewer, now=now)]

    assert numbers(None) == numbers(giang) == [first, second, third, copy]
    assert numbers(binh) == [first, third, copy]
    assert numbers(an) == [second]
    assert numbers(chi) == [first, third]


def test_the_list_moves_with_batches_alone_and_the_least_rated_come_first(desk, an, now):
    people, reader = desk.people(5), desk.person("Giang")
    first, second = desk.note(an), desk.note(an, desk.claim(NOSE))
    rated_by(desk, first, people)

    def numbers():
        return [note.number for note in to_rate(reader, now=now)]

    assert numbers() == [first, second]
    take_batch(now=now)
    assert numbers() == [second, first]


def test_the_order_of_the_list_says_nothing_of_what_others_said(desk, an, now):
    people, reader = desk.people(5), desk.person("Giang")
    first, second = desk.note(an), desk.note(an, desk.claim(NOSE))
    rated_by(desk, first, people, "not_helpful")
    rated_by(desk, second, people, "helpful")
    take_batch(now=now)

    assert [note.number for note in to_rate(reader, now=now)] == [first, second]


def test_what_is_withdrawn_or_closed_is_not_on_the_list(desk, an, binh, now):
    withdrawn, closed, left = desk.note(an), desk.note(an, desk.claim(NOSE)), desk.note(an, desk.claim(FEET))
    withdraw(an, withdrawn, now=now)
    Claim.objects.filter(notes=closed).update(
        state="not_checkable", state_before="open", closed_reason="not_a_fact", need=None
    )

    assert [note.number for note in to_rate(binh, now=now)] == [left]


def test_the_list_takes_few_queries(desk, binh, django_assert_max_num_queries, now):
    for number, author in enumerate(desk.people(20)):
        desk.note(author, desk.claim(f"Chuyện kể số {number} {'abcdefghijklmnopqrstuvwxyz'[number] * 3} {ANSWER[:40]}"))

    with django_assert_max_num_queries(8):
        assert len(to_rate(binh, now=now)) == 20
