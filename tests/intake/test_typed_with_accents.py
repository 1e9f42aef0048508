"""A question's row says whether it was typed with its accents, those of before included."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from thuchu import privacy
from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.receive import receive
from thuchu.desk.intake.tellings import Telling

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
MESSAGES = (
    ("Uống nước chanh nóng mỗi sáng khỏi tiểu đường?", "vi", True),
    ("uong nuoc chanh nong moi sang khoi tieu duong?", "vi", False),
    # A name with an accent doesn't make it an accented text.
    ("nghe noi uong nuoc chanh nong moi sang khoi tieu duong o xa An Bình", "vi", False),
    ("Does hot lemon water cure diabetes?", "en", None),
)

pytestmark = pytest.mark.django_db


def _asked():
    for text, language, _ in MESSAGES:
        receive(
            privacy.scrub(text),
            door="web",
            language=language,
            page_language="vi",
            telling=Telling(at=NOW, kind="none", told=()),
            links=(),
            now=NOW,
        )
    return Submission.objects.order_by("pk")


def test_what_is_asked_from_now_on_says_so():
    assert list(_asked().values_list("typed_with_accents", flat=True)) == [each[2] for each in MESSAGES]


def test_what_was_asked_before_an_upgrade_is_read_once(monkeypatch):
    upgrade = import_module("thuchu.desk.intake.migrations.0002_typed_with_accents")
    _asked().update(typed_with_accents=None)
    # More than one stretch.
    monkeypatch.setattr(upgrade, "_ROWS_AT_ONCE", 3)
    upgrade.tell_of_those_there(apps, connection.schema_editor())
    assert list(Submission.objects.order_by("pk").values_list("typed_with_accents", flat=True)) == [
        each[2] for each in MESSAGES
    ]
