"""What was said at once, in columns of its own, and the order in which questions came.

A review counts a quarter's questions by them; reading them out of JSON took most of a freeze.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

_FIRST = KeyTextTransform("0", "tellings")
_FIRST_NAME = KeyTextTransform("0", KeyTextTransform("0", KeyTextTransform("2", _FIRST)))


def tell_of_those_there(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Read what each was told first, in the database: row by row, some hundred thousand would take minutes."""
    apps.get_model("intake", "Submission").objects.update(
        first_kind=KeyTextTransform("1", _FIRST), first_told=Coalesce(_FIRST_NAME, Value(""))
    )


class Migration(migrations.Migration):
    """Adds two columns, fills them, and adds an index."""

    dependencies = [("intake", "0002_typed_with_accents")]

    operations = [
        migrations.AddField(
            "submission",
            "first_kind",
            models.CharField(
                max_length=8, choices=[("answer", "answer"), ("suggest", "suggest"), ("none", "none")], default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField("submission", "first_told", models.CharField(max_length=16, default="")),
        migrations.RunPython(tell_of_those_there, migrations.RunPython.noop),
        migrations.AddIndex("submission", models.Index(fields=["asked_at", "door"], name="questions_by_their_time")),
    ]
