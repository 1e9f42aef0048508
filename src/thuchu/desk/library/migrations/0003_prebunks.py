from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_agreed_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="factcheck",
            name="twists",
            field=models.JSONField(default=list),
        ),
    ]
