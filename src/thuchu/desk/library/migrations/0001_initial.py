import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Publisher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("name_key", models.CharField(max_length=200, unique=True)),
                ("admitted_at", models.DateTimeField(null=True)),
                ("admitted_reason", models.TextField(default="")),
                ("list_change", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="FactCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(max_length=16, unique=True)),
                ("url", models.TextField()),
                ("url_key", models.TextField(db_index=True)),
                ("claim", models.TextField()),
                ("claim_digest", models.CharField(max_length=64)),
                ("title", models.TextField(default="")),
                ("verdict_words", models.TextField(default="")),
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
                        max_length=12,
                        null=True,
                    ),
                ),
                ("explanation", models.TextField(default="")),
                ("language", models.CharField(db_index=True, default="", max_length=12)),
                ("date_published", models.DateField(db_index=True, null=True)),
                ("date_modified", models.DateField(null=True)),
                ("appearances", models.JSONField(default=list)),
                ("citations", models.JSONField(default=list)),
                ("licence", models.TextField(default="")),
                ("content_digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "current"), ("withdrawn", "withdrawn")], default="current", max_length=12
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(default="")),
                (
                    "withdrawn_by",
                    models.CharField(
                        choices=[("feed", "feed"), ("desk", "desk"), ("", "nobody")], default="", max_length=10
                    ),
                ),
                ("imported_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("change", models.PositiveBigIntegerField(unique=True)),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fact_checks", to="library.publisher"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "-date_published", "-id"], name="newest_current"),
                    models.Index(fields=["state", "verdict", "-date_published", "-id"], name="newest_by_verdict"),
                    models.Index(fields=["publisher", "-date_published", "-id"], name="newest_by_publisher"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("url_key", "claim_digest"), name="one_row_a_claim_and_address"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["current", "withdrawn"])), name="known_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__isnull", True),
                            ("verdict__in", ["false", "misleading", "outdated", "unproven", "true"]),
                            _connector="OR",
                        ),
                        name="known_verdict",
                    ),
                    models.CheckConstraint(condition=models.Q(("claim", ""), _negated=True), name="claim_is_not_empty"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                ("claim", models.TextField()),
                ("title", models.TextField(default="")),
                ("verdict", models.CharField(max_length=12, null=True)),
                ("verdict_words", models.TextField(default="")),
                ("explanation", models.TextField(default="")),
                (
                    "fact_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_versions",
                        to="library.factcheck",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublisherHost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=253, unique=True)),
                ("added_at", models.DateTimeField()),
                ("admitted_at", models.DateTimeField(null=True)),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hosts", to="library.publisher"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListedHost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=253)),
                ("path", models.TextField(default="")),
                ("query", models.TextField(default="")),
                ("since", models.DateField()),
                (
                    "publisher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="listed_hosts", to="library.publisher"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publisher", "host", "path", "query"), name="one_line_a_publisher_and_page"
                    )
                ],
            },
        ),
    ]
