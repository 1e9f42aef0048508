import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("claims", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                ("wanted", models.PositiveSmallIntegerField()),
                ("covered", models.PositiveSmallIntegerField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="claims.event"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["event", "starts"], name="shifts_of_an_event")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", F("starts"))), name="shift_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wanted__gte", 1), ("wanted__lte", 20)), name="shift_wants_some_people"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covered__isnull", True), ("covered__lte", F("wanted")), _connector="OR"),
                        name="shift_is_covered_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField(db_index=True)),
                ("offered", models.BooleanField(default=False)),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="shifts.shift"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shift", "person"), name="one_place_a_shift")],
            },
        ),
    ]
