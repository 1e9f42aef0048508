from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Week",
            fields=[
                ("monday", models.DateField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("waiting", models.JSONField(default=list)),
                ("unrated", models.JSONField(default=list)),
                ("due", models.JSONField(default=list)),
                ("agreed", models.JSONField(default=list)),
                ("corrections", models.PositiveIntegerField(default=0)),
                ("overdue", models.JSONField(default=list)),
                ("unanswered", models.JSONField(default=list)),
                ("review", models.CharField(default="", max_length=80)),
            ],
        ),
    ]
