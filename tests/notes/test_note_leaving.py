"""Who leaves is forgotten: notes keep a random name, ratings keep a number that is nobody's."""

from django.db import connection

from thuchu.desk.accounts.leave import leave
from thuchu.desk.accounts.models import Account
from thuchu.desk.accounts.reads import account_view
from thuchu.desk.notes import reads
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.models import Entered, Rating


def every_cell():
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield table, [str(cell) for cell in row]


def test_who_leaves_is_unlinked_from_notes_and_ratings(desk, an, now):
    people = desk.people(5)
    mine, others = desk.note(people[0]), desk.note(an)
    for person in people:
        desk.rate(person, others)
    take_batch(now=now)
    number, old_name = people[0].rater_number, people[0].name

    new_name = leave(people[0].id, now=now)

    shown = reads.note(mine, viewer=None, now=now)
    assert shown.author.left
    assert shown.author.name == new_name != old_name
    assert account_view(people[0].id) is None
    assert Entered.objects.filter(rater_number=number).count() == 1
    assert reads.note(others, viewer=an, now=now).result.helpful == 5
    with_number = {table for table, cells in every_cell() if str(number) in cells}
    assert with_number == {"notes_rating", "notes_entered"}
    assert not [table for table, cells in every_cell() if old_name in cells]


def test_what_a_person_rated_just_before_leaving_still_enters(desk, an, now):
    people, note = desk.people(5), desk.note(an)
    for person in people:
        desk.rate(person, note)

    for person in people:
        leave(person.id, now=now)

    assert len(take_batch(now=now).ratings) == 5
    assert not Account.objects.filter(rater_number__in=Rating.objects.values("rater_number")).exists()
