"""Who may be asked and may own a commitment: a public list, whose changes show."""

import json

import pytest

from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import organisations as verbs
from thuchu.privacy import scrub

SCHOOL = ("Trường Tiểu học Hoa Sen", "Hoa Sen Primary School")


def entries():
    rows = Entry.objects.filter(kind__startswith="organisation.").order_by("seq")
    return [(row.kind, json.loads(row.body)) for row in rows]


def test_an_organisation_is_added_renamed_and_ended_each_with_its_entry(desk):
    load_areas(VIET_NAM, now=desk.now)
    number = desk.organisation(area="vn-hue")

    verbs.change_organisation(desk.an, number, scrub("Trường Hoa Sen"), scrub("Hoa Sen School"), now=desk.now)
    verbs.change_organisation(desk.an, number, scrub("Trường Hoa Sen"), scrub("Hoa Sen School"), now=desk.now)
    verbs.end_organisation(desk.an, number, now=desk.now)

    kinds, bodies = zip(*entries(), strict=True)
    assert kinds == ("organisation.added", "organisation.changed", "organisation.ended")
    assert (bodies[0]["name_vi"], bodies[0]["area"]) == (SCHOOL[0], "vn-hue")
    assert (bodies[1]["name_vi"], bodies[1]["area"]) == ("Trường Hoa Sen", "")
    assert verbs.organisations() == ()
    (ended,) = verbs.organisations(with_ended=True)
    assert (ended.name_vi, str(ended.ended_on)) == ("Trường Hoa Sen", "2026-11-24")


def test_what_ended_is_not_changed_and_its_name_not_given_away(desk):
    number = desk.organisation()
    verbs.end_organisation(desk.an, number, now=desk.now)

    with pytest.raises(verbs.NoSuchOrganisation):
        verbs.end_organisation(desk.an, number, now=desk.now)
    with pytest.raises(verbs.NoSuchOrganisation):
        verbs.change_organisation(desk.an, number, scrub("Khác"), scrub("Other"), now=desk.now)
    with pytest.raises(verbs.NameTaken):
        desk.organisation()


@pytest.mark.parametrize(
    ("names", "area", "refusal"),
    [
        (("", "School"), "", verbs.NameWrong),
        (("Trường", "x"), "", verbs.NameWrong),
        (("Trường" * 30, "School"), "", verbs.NameWrong),
        (("Tiệm bà Hoa 0912345678", "Shop"), "", verbs.NameWrong),
        (("Trường", "School"), "atlantis", verbs.AreaUnknown),
    ],
)
def test_a_name_is_one_without_anybodys_data(desk, names, area, refusal):
    with pytest.raises(refusal):
        verbs.add_organisation(desk.an, *map(scrub, names), area=area, now=desk.now)


def test_only_coordinators_keep_the_list(desk):
    with pytest.raises(NotForYou):
        verbs.add_organisation(desk.notes.person("Vân Sơn"), *map(scrub, SCHOOL), now=desk.now)
