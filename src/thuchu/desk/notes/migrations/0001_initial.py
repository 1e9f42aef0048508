import django.db.models.deletion
from django.db import migrations, models

import thuchu.desk.notes.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("claims", "0001_initial"),
        ("evidence", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("taken_at", models.DateTimeField()),
                ("n_ratings", models.PositiveIntegerField()),
                ("n_people", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "current"), ("withdrawn", "withdrawn")], default="current", max_length=9
                    ),
                ),
                ("ai_drafted", models.BooleanField(default=False)),
                ("versions", models.PositiveSmallIntegerField(default=1)),
                ("raters", models.PositiveIntegerField(default=0)),
                ("written_at", models.DateTimeField(db_index=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="accounts.pseudonym"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="claims.claim"
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="copies", to="notes.note"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "current")), fields=["raters", "id"], name="notes_to_rate"
                    ),
                    models.Index(fields=["author", "-id"], name="notes_of_an_author"),
                    models.Index(
                        condition=models.Q(("state", "current")), fields=["ai_drafted", "claim"], name="notes_by_lane"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("current", "withdrawn"))), name="note_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "current"), ("withdrawn_at__isnull", True)),
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_withdrawn_notes_have_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("versions__gte", 1), ("versions__lte", 20)), name="note_has_some_versions"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("copied_from", models.F("id")), _negated=True),
                        name="no_note_is_its_own_copy",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")),
                        fields=("claim", "author"),
                        name="one_current_note_a_claim_and_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="notes.note",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("helpful", models.PositiveIntegerField(default=0)),
                ("somewhat_helpful", models.PositiveIntegerField(default=0)),
                ("not_helpful", models.PositiveIntegerField(default=0)),
                ("reasons", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Entered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rater_number", models.BigIntegerField()),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "helpfulness",
                    models.CharField(
                        choices=[
                            ("helpful", "helpful"),
                            ("somewhat_helpful", "somewhat_helpful"),
                            ("not_helpful", "not_helpful"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reasons", models.CharField(max_length=600)),
                (
                    "batch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notes.batch"),
                ),
                (
                    "note",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notes.note"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("helpfulness__in", ("helpful", "somewhat_helpful", "not_helpful")),
                            models.Q(("reasons", ""), _negated=True),
                        ),
                        name="entered_rating_says_something",
                    ),
                    models.UniqueConstraint(fields=("note", "rater_number"), name="one_entered_a_note_and_rater"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=thuchu.desk.notes.models.random_number, primary_key=True, serialize=False
                    ),
                ),
                ("rater_number", models.BigIntegerField()),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "helpfulness",
                    models.CharField(
                        choices=[
                            ("helpful", "helpful"),
                            ("somewhat_helpful", "somewhat_helpful"),
                            ("not_helpful", "not_helpful"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("reasons", models.CharField(default="", max_length=600)),
                ("rated_on", models.DateField()),
                ("retracted", models.BooleanField(default=False)),
                ("pending", models.BooleanField(default=True)),
                (
                    "note",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notes.note"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("pending", True)),
                        fields=["rater_number"],
                        name="ratings_for_the_next_batch",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("retracted", False),
                                ("helpfulness__in", ("helpful", "somewhat_helpful", "not_helpful")),
                                models.Q(("reasons", ""), _negated=True),
                            ),
                            models.Q(("helpfulness", ""), ("pending", True), ("reasons", ""), ("retracted", True)),
                            _connector="OR",
                        ),
                        name="rating_is_said_or_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rater_number__gte", 1)), name="rating_has_a_rater_number"
                    ),
                    models.UniqueConstraint(fields=("note", "rater_number"), name="one_rating_a_note_and_rater"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("false", "false"),
                            ("misleading", "misleading"),
                            ("outdated", "outdated"),
                            ("unproven", "unproven"),
                            ("true", "true"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("n_words", models.PositiveSmallIntegerField()),
                ("written_at", models.DateTimeField(db_index=True)),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="notes.note"
                    ),
                ),
                (
                    "rests_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.quote"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ("false", "misleading", "outdated", "unproven", "true"))),
                        name="verdict_is_one_of_five",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="version_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(("n_words__gte", 10), ("n_words__lte", 600)),
                        name="version_has_10_to_600_words",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="versions_count_from_one"),
                    models.UniqueConstraint(fields=("note", "number"), name="a_version_once_a_note"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FurtherEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.quote"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="further", to="notes.version"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 2)), name="further_evidence_counts_from_two"
                    ),
                    models.UniqueConstraint(fields=("version", "position"), name="one_evidence_a_position"),
                    models.UniqueConstraint(fields=("version", "quote"), name="an_evidence_once_a_version"),
                ],
            },
        ),
    ]
