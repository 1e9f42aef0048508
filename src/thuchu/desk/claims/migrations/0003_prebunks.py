import django.db.models.deletion
from django.db import migrations, models

STEPS = (
    ("lists", "lists"),
    ("dates", "dates"),
    ("places", "places"),
    ("papers", "papers"),
    ("early", "early"),
    ("ballot", "ballot"),
    ("counting", "counting"),
    ("announcing", "announcing"),
    ("warning", "warning"),
    ("shelter", "shelter"),
    ("health", "health"),
    ("help", "help"),
    ("after", "after"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_rules_of_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Prebunk",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="prebunk",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                ("step", models.CharField(choices=list(STEPS), max_length=12)),
                ("look_up", models.TextField()),
                ("written_by", models.BigIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prebunks", to="claims.event"
                    ),
                ),
            ],
            options={
                "constraints": (
                    models.CheckConstraint(
                        condition=models.Q(("step__in", tuple(step for step, _ in STEPS))), name="prebunk_step_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("look_up__startswith", "https://")), name="prebunk_address_is_https"
                    ),
                ),
            },
        ),
        migrations.CreateModel(
            name="Twist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("words", models.TextField()),
                (
                    "prebunk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="twists", to="claims.prebunk"
                    ),
                ),
            ],
            options={
                "constraints": (
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="twist_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 5)), name="twists_are_few"
                    ),
                    models.UniqueConstraint(fields=("prebunk", "place"), name="one_twist_a_place"),
                ),
            },
        ),
    ]
