"""What was said at once stands in columns of its own, whatever is said later."""

from datetime import UTC, datetime, timedelta

import pytest

from thuchu import privacy
from thuchu.desk.intake import reads
from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.receive import receive, tell_again
from thuchu.desk.intake.tellings import Kind, Telling, Told

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def ask(kind: Kind, *names: str) -> int:
    """The number of a question that was told so."""
    token = receive(
        privacy.scrub("Uống nước chanh nóng mỗi sáng khỏi tiểu đường?"),
        door="web",
        language="vi",
        page_language="vi",
        telling=told(NOW, kind, *names),
        links=(),
        now=NOW,
    )
    number = reads.number(token)
    assert number is not None
    return number


def told(at: datetime, kind: Kind, *names: str) -> Telling:
    return Telling(at=at, kind=kind, told=tuple(Told(name, "false") for name in names))


def first_of(number: int) -> tuple[str, str]:
    return Submission.objects.values_list("first_kind", "first_told").get(pk=number)


@pytest.mark.parametrize(
    ("kind", "names", "first"),
    [
        ("answer", ("f1",), "f1"),
        ("suggest", ("f2", "f1"), "f2"),
        ("none", (), ""),
        ("answer", ("fact:12",), "fact:12"),
    ],
)
def test_the_kind_and_the_first_fact_check_are_kept(kind: Kind, names: tuple[str, ...], first: str) -> None:
    assert first_of(ask(kind, *names)) == (kind, first)


def test_what_is_said_later_changes_neither() -> None:
    number = ask("none")

    tell_again(number, told(NOW + timedelta(days=1), "answer", "f1"))

    assert first_of(number) == ("none", "")
    assert Submission.objects.get(pk=number).told_kind == "answer"
