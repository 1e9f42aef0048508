"""Whether a question was typed with its accents: kept from now on, and told of those that are there."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from thuchu.text.accents import is_typed_with_accents

_ROWS_AT_ONCE = 2_000


def tell_of_those_there(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Read every text once, a stretch at a time: a desk may hold some hundred thousand."""
    submissions, last = apps.get_model("intake", "Submission").objects.order_by("pk"), 0
    while rows := list(submissions.filter(pk__gt=last).only("pk", "text", "language")[:_ROWS_AT_ONCE]):
        told = {row.pk: is_typed_with_accents(row.text, row.language) for row in rows}
        for said in (True, False):
            submissions.filter(pk__in=[pk for pk, it in told.items() if it is said]).update(typed_with_accents=said)
        last = rows[-1].pk


class Migration(migrations.Migration):
    """Adds the column and fills it."""

    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AddField("submission", "typed_with_accents", models.BooleanField(null=True)),
        migrations.RunPython(tell_of_those_there, migrations.RunPython.noop),
    ]
