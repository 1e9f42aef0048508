import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Pseudonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=90, unique=True)),
                ("left", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("key", ""), _negated=True)),
                        name="pseudonym_is_named",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rater_number", models.BigIntegerField(unique=True)),
                ("may_write", models.BooleanField(default=False)),
                ("user_handle", models.BinaryField(max_length=64, unique=True)),
                ("password", models.CharField(default="", max_length=255)),
                ("totp_secret", models.CharField(default="", max_length=64)),
                ("totp_step", models.BigIntegerField(default=0)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                ("epoch", models.PositiveIntegerField(default=0)),
                (
                    "pseudonym",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="account", to="accounts.pseudonym"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rater_number__gte", 1), ("rater_number__lte", 9223372036854775807)),
                        name="rater_number_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rater_number", models.F("pseudonym")), _negated=True),
                        name="rater_number_is_no_pseudonym",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("totp_secret", ""), models.Q(("password", ""), _negated=True), _connector="OR"
                        ),
                        name="totp_stands_beside_a_password",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locked_until", None), ("failures__gte", 1), _connector="OR"),
                        name="only_failures_lock",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to="accounts.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(choices=[("coordinator", "coordinator"), ("operator", "operator")], max_length=12),
                ),
                ("granted_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grants", to="accounts.account"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("coordinator", "operator"))), name="granted_role_is_known"
                    ),
                    models.UniqueConstraint(fields=("account", "role"), name="a_role_is_granted_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Email",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=254)),
                ("token_digest", models.CharField(db_index=True, default="", max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="email", to="accounts.account"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True), name="email_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", False), ("token_digest", "")),
                            models.Q(models.Q(("token_digest", ""), _negated=True), ("confirmed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="email_waits_or_is_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credential_id", models.CharField(max_length=1364, unique=True)),
                ("public_key", models.BinaryField()),
                ("sign_count", models.BigIntegerField(default=0)),
                ("transports", models.JSONField(default=list)),
                ("name", models.CharField(max_length=40)),
                ("added_on", models.DateField()),
                ("used_on", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passkeys", to="accounts.account"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credential_id", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="passkey_is_named",
                    ),
                    models.CheckConstraint(condition=models.Q(("sign_count__gte", 0)), name="passkey_counts_up"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                (
                    "role",
                    models.CharField(choices=[("contributor", "contributor"), ("operator", "operator")], max_length=12),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("is_used", models.BooleanField(default=False)),
                (
                    "inviter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.pseudonym",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inviter__isnull", False), ("role", "contributor")),
                            models.Q(("inviter__isnull", True), ("role", "operator")),
                            _connector="OR",
                        ),
                        name="people_invite_contributors",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="invitation_ends_later"
                    ),
                ],
            },
        ),
    ]
