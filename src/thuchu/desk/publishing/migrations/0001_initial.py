import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("notes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("up_to", models.PositiveBigIntegerField()),
                ("held_at", models.DateTimeField()),
                ("batch", models.PositiveIntegerField()),
                ("params", models.CharField(max_length=40)),
                ("n_ratings", models.PositiveBigIntegerField()),
                ("n_raters", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("helpful", "helpful"),
                            ("not_helpful", "not_helpful"),
                            ("needs_more_ratings", "needs_more_ratings"),
                            ("none", "none"),
                        ],
                        max_length=18,
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                (
                    "note",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notes.note"),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("helpful", "not_helpful", "needs_more_ratings", "none"))),
                        name="change_status_is_known",
                    ),
                    models.UniqueConstraint(fields=("note", "round"), name="one_change_a_note_and_round"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="notes.note",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("helpful", "helpful"),
                            ("not_helpful", "not_helpful"),
                            ("needs_more_ratings", "needs_more_ratings"),
                        ],
                        max_length=18,
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("agreed", models.BooleanField(default=False)),
                (
                    "since",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.round"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["status", "agreed"], name="standings_by_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("helpful", "not_helpful", "needs_more_ratings"))),
                        name="standing_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed", False), ("status", "helpful"), _connector="OR"),
                        name="only_helpful_notes_are_agreed",
                    ),
                ],
            },
        ),
    ]
