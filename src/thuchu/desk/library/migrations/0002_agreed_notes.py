from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="factcheck",
            name="known_state",
        ),
        migrations.AddField(
            model_name="factcheck",
            name="disputed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="factcheck",
            name="note",
            field=models.PositiveBigIntegerField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name="factcheck",
            name="note_version",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="factcheck",
            name="state",
            field=models.CharField(
                choices=[("current", "current"), ("withdrawn", "withdrawn"), ("no_longer_agreed", "no_longer_agreed")],
                default="current",
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="factcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["current", "withdrawn", "no_longer_agreed"])), name="known_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="factcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("note__isnull", True),
                        models.Q(("state", "no_longer_agreed"), _negated=True),
                        ("disputed", False),
                    ),
                    models.Q(
                        ("note__isnull", False),
                        models.Q(("state", "withdrawn"), _negated=True),
                        ("verdict__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="only_agreed_notes_lose_agreement",
            ),
        ),
    ]
