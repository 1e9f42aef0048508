"""An index of the days by which askers need to know: few say one, and a review asks for those of a quarter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the index."""

    dependencies = [("claims", "0003_prebunks")]

    operations = [
        migrations.AddIndex(
            "grouping",
            models.Index(
                fields=["needed_by"],
                condition=models.Q(needed_by__isnull=False),
                name="questions_needed_by_a_day",
            ),
        ),
    ]
