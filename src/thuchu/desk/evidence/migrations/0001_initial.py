import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=8192, unique=True)),
                ("address", models.CharField(max_length=8192)),
                ("host", models.CharField(max_length=253)),
                ("next_check_at", models.DateTimeField(db_index=True, null=True)),
                ("check_every_days", models.PositiveSmallIntegerField(default=1)),
                ("misses", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("address", ""), _negated=True),
                            models.Q(("host", ""), _negated=True),
                        ),
                        name="source_has_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("check_every_days__gte", 1)), name="source_is_given_a_rest"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Capture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(choices=[("fetched", "fetched"), ("uploaded", "uploaded")], max_length=8)),
                ("digest", models.CharField(max_length=64)),
                ("text_digest", models.CharField(default="", max_length=64)),
                ("media_type", models.CharField(max_length=40)),
                ("size_bytes", models.PositiveBigIntegerField()),
                ("title", models.CharField(default="", max_length=300)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("upload_name", models.CharField(default="", max_length=120)),
                ("by", models.PositiveBigIntegerField()),
                ("fetched_at", models.DateTimeField(db_index=True)),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="captures",
                        to="evidence.source",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["digest"], name="captures_by_digest"),
                    models.Index(fields=["text_digest"], name="captures_by_text_digest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ("fetched", "uploaded"))), name="capture_says_how_it_came"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("how", "fetched"), ("source__isnull", False), ("status", 200), ("upload_name", "")
                            ),
                            models.Q(("how", "uploaded"), ("status", 0), models.Q(("upload_name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="only_uploads_are_named_by_hand",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True), name="capture_has_a_digest"
                    ),
                    models.CheckConstraint(condition=models.Q(("size_bytes__gte", 1)), name="capture_is_not_empty"),
                    models.UniqueConstraint(
                        condition=models.Q(("source__isnull", False)),
                        fields=("source", "digest", "how"),
                        name="one_capture_a_source",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source__isnull", True)),
                        fields=("digest", "how"),
                        name="one_capture_without_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("exact", models.CharField(default="", max_length=2000)),
                ("prefix", models.CharField(default="", max_length=32)),
                ("suffix", models.CharField(default="", max_length=32)),
                ("before", models.CharField(default="", max_length=200)),
                ("after", models.CharField(default="", max_length=200)),
                ("start", models.PositiveIntegerField(null=True)),
                ("end", models.PositiveIntegerField(null=True)),
                ("score", models.FloatField(null=True)),
                ("description", models.CharField(default="", max_length=1000)),
                ("created_at", models.DateTimeField()),
                (
                    "capture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="evidence.capture"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end__gt", models.F("start")),
                                ("score__gte", 80.0),
                                ("score__lte", 100.0),
                                ("start__isnull", False),
                                ("description", ""),
                                models.Q(("exact", ""), _negated=True),
                            ),
                            models.Q(
                                ("end__isnull", True),
                                ("exact", ""),
                                ("score__isnull", True),
                                ("start__isnull", True),
                                models.Q(("description", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="quote_is_words_or_a_description",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("start__isnull", False)),
                        fields=("capture", "start", "end"),
                        name="one_quote_a_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("start__isnull", True)),
                        fields=("capture", "description"),
                        name="one_quote_a_description",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("alive", "alive"),
                            ("moved", "moved"),
                            ("gone", "gone"),
                            ("changed", "changed"),
                            ("unreachable", "unreachable"),
                        ],
                        max_length=12,
                    ),
                ),
                ("before", models.CharField(default="", max_length=12)),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("moved_to", models.CharField(default="", max_length=8192)),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="evidence.quote"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["since"], name="checks_by_beginning")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("alive", "moved", "gone", "changed", "unreachable"))),
                        name="rot_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("before__in", ("", "alive", "moved", "gone", "changed", "unreachable"))),
                        name="state_before_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", models.F("before")), _negated=True), name="only_changes_make_a_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "moved"), models.Q(("moved_to", ""), _negated=True)),
                            models.Q(models.Q(("state", "moved"), _negated=True), ("moved_to", "")),
                            _connector="OR",
                        ),
                        name="only_moved_pages_have_a_new_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("quote",), name="one_state_a_quote"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaptureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=8192)),
                ("quote", models.CharField(default="", max_length=2000)),
                ("description", models.CharField(default="", max_length=1000)),
                ("by", models.PositiveBigIntegerField(db_index=True)),
                ("subject", models.CharField(default="", max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("fetching", "fetching"),
                            ("ready", "ready"),
                            ("refused", "refused"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("refusal_code", models.CharField(default="", max_length=40)),
                ("refusal_values", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(db_index=True)),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="evidence.quote",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "fetching", "ready", "refused"))),
                        name="request_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence__isnull", False), ("state", "ready")),
                            models.Q(("evidence__isnull", True), ("state__in", ("waiting", "fetching", "refused"))),
                            _connector="OR",
                        ),
                        name="only_ready_requests_have_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("refusal_code", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("refusal_code", "")),
                            _connector="OR",
                        ),
                        name="only_refused_requests_say_why",
                    ),
                ],
            },
        ),
    ]
