import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("intake", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasedClaim",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("erased_at", models.DateTimeField()),
                ("change", models.PositiveBigIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name_vi", models.CharField(max_length=120)),
                ("name_en", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("country", "country"), ("province", "province"), ("commune", "commune")], max_length=8
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="claims.area",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("country", "province", "commune"))), name="area_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "country"), ("parent__isnull", True)),
                            models.Q(models.Q(("kind", "country"), _negated=True), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_countries_have_no_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="area_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("name_vi", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                        ),
                        name="area_has_its_names",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wording", models.TextField()),
                ("wording_by", models.BigIntegerField(null=True)),
                ("language", models.CharField(default="", max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("in_rating", "in_rating"),
                            ("answered", "answered"),
                            ("merged", "merged"),
                            ("not_checkable", "not_checkable"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("state_before", models.CharField(default="", max_length=16)),
                ("closed_reason", models.CharField(default="", max_length=16)),
                ("opened_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("last_asked_at", models.DateTimeField()),
                ("askers", models.PositiveIntegerField(default=0)),
                ("asks_day", models.PositiveIntegerField(default=0)),
                ("asks_day_before", models.PositiveIntegerField(default=0)),
                ("needed_by", models.DateField(null=True)),
                ("need", models.IntegerField(null=True)),
                ("change", models.PositiveBigIntegerField(unique=True)),
                (
                    "wording_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="intake.submission",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="claims.claim"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("need__isnull", False)),
                        fields=["-need", "-askers", "id"],
                        name="claims_in_order_of_need",
                    ),
                    models.Index(
                        condition=models.Q(("need__isnull", False)),
                        fields=["last_asked_at"],
                        name="claims_asked_lately",
                    ),
                    models.Index(
                        condition=models.Q(("needed_by__isnull", False)), fields=["needed_by"], name="claims_needed_by"
                    ),
                    models.Index(fields=["state", "opened_at"], name="claims_by_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "in_rating", "answered", "merged", "not_checkable"))),
                        name="claim_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("wording", ""), _negated=True),
                            ("state__in", ("merged", "not_checkable")),
                            _connector="OR",
                        ),
                        name="only_closed_claims_may_lose_their_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("state", "merged")),
                            models.Q(models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_merged_claims_lead_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="no_claim_leads_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_reason__in", ("not_a_fact", "private")), ("state", "not_checkable")),
                            models.Q(models.Q(("state", "not_checkable"), _negated=True), ("closed_reason", "")),
                            _connector="OR",
                        ),
                        name="only_two_reasons_close_a_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("merged", "not_checkable")),
                                ("state_before__in", ("open", "in_rating", "answered")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("merged", "not_checkable")), _negated=True),
                                ("state_before", ""),
                            ),
                            _connector="OR",
                        ),
                        name="closed_claims_know_their_way_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frozen_at__isnull", False),
                            models.Q(("state__in", ("in_rating", "answered")), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_rated_is_frozen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("need__isnull", False), ("state__in", ("open", "in_rating"))),
                            models.Q(
                                models.Q(("state__in", ("open", "in_rating")), _negated=True), ("need__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="only_waiting_claims_are_in_the_queue",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField(db_index=True)),
                ("taken_at", models.DateTimeField()),
                ("until", models.DateTimeField(db_index=True)),
                ("extensions", models.PositiveSmallIntegerField(default=0)),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignment", to="claims.claim"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("taken_at"))), name="assignment_lasts_a_while"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.area"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="claims.claim"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("claim", "area"), name="an_area_once_a_claim")],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_vi", models.CharField(max_length=200)),
                ("name_en", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("election", "election"),
                            ("storm", "storm"),
                            ("flood", "flood"),
                            ("outbreak", "outbreak"),
                            ("disaster", "disaster"),
                            ("other", "other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["ends", "starts"], name="events_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("election", "storm", "flood", "outbreak", "disaster", "other"))
                        ),
                        name="event_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="event_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_vi", ""), _negated=True), models.Q(("name_en", ""), _negated=True)
                        ),
                        name="event_has_its_names",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.area"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="claims.event"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("event", "area"), name="an_area_once_an_event")],
            },
        ),
        migrations.CreateModel(
            name="EventClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="claims.claim"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="claims", to="claims.event"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("event", "claim"), name="a_claim_once_an_event")],
            },
        ),
        migrations.CreateModel(
            name="Grouping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("offered", "offered"),
                            ("exact_link", "exact_link"),
                            ("forward", "forward"),
                            ("similar", "similar"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("needed_by", models.DateField(null=True)),
                ("text_digest", models.CharField(db_index=True, max_length=64)),
                ("marks_digest", models.CharField(max_length=64)),
                ("sketch", models.BinaryField(default=bytes)),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="claims.area"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="groupings", to="claims.claim"
                    ),
                ),
                (
                    "placed_in",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.claim"),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="intake.submission"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["claim", "at"], name="questions_of_a_claim")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ("opened", "offered", "exact_link", "forward", "similar"))),
                        name="grouping_how_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ForwardDoor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("band", models.BigIntegerField()),
                (
                    "grouping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="claims.grouping"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["band", "-grouping"], name="forward_doors")],
            },
        ),
        migrations.CreateModel(
            name="LinkDoor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                (
                    "grouping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="claims.grouping"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["digest", "-grouping"], name="link_doors")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("burst", "burst")], max_length=8)),
                ("asks", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("seen_by", models.BigIntegerField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="claims.claim"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("seen_by__isnull", True)),
                        fields=("claim", "kind"),
                        name="one_unseen_notice_a_claim",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[("exact_link", "exact_link"), ("forward", "forward"), ("similar", "similar")],
                        max_length=12,
                    ),
                ),
                ("probability_milli", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("declined_by", models.BigIntegerField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="claims.claim"
                    ),
                ),
                (
                    "near",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="claims.claim"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "near"), name="offered_once_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("claim", models.F("near")), _negated=True), name="no_claim_is_near_itself"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PinnedSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("dates", "dates"),
                            ("places", "places"),
                            ("procedure", "procedure"),
                            ("counting", "counting"),
                            ("warnings", "warnings"),
                            ("health", "health"),
                            ("help", "help"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("address", models.TextField()),
                ("words", models.TextField()),
                ("pinned_by", models.BigIntegerField()),
                ("pinned_at", models.DateTimeField()),
                ("confirmed_by", models.BigIntegerField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("taken_down_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="claims.event"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about__in", ("dates", "places", "procedure", "counting", "warnings", "health", "help"))
                        ),
                        name="source_subject_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address__startswith", "https://")), name="source_address_is_https"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("words", ""), _negated=True)
                        ),
                        name="source_has_title_and_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("pinned_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="source_is_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="source_confirmed_has_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge", "merge"),
                            ("split", "split"),
                            ("not_checkable", "not_checkable"),
                            ("withhold", "withhold"),
                        ],
                        max_length=16,
                    ),
                ),
                ("code", models.CharField(default="", max_length=16)),
                ("reason", models.TextField()),
                ("wording", models.TextField(default="")),
                ("subject", models.CharField(default="", max_length=60)),
                ("passage_start", models.PositiveIntegerField(null=True)),
                ("passage_end", models.PositiveIntegerField(null=True)),
                ("court_order", models.TextField(default="")),
                ("until", models.DateTimeField(null=True)),
                ("proposed_by", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("confirmed", "confirmed"),
                            ("declined", "declined"),
                            ("taken_back", "taken_back"),
                            ("undone", "undone"),
                        ],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("confirmed_by", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="claims.claim"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="claims.claim"
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="claims.proposal",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "proposed_at"], name="proposals_by_state"),
                    models.Index(fields=["kind", "subject", "until"], name="withheld_passages"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("merge", "split", "not_checkable", "withhold"))),
                        name="proposal_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("proposed", "confirmed", "declined", "taken_back", "undone"))
                        ),
                        name="proposal_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="proposal_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_confirms_their_own_proposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_by__isnull", False), ("state__in", ("confirmed", "undone"))),
                            models.Q(
                                models.Q(("state__in", ("confirmed", "undone")), _negated=True),
                                ("confirmed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="what_took_effect_was_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "proposed")),
                            models.Q(models.Q(("state", "proposed"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="only_ended_proposals_have_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__in", ("not_a_fact", "private")), ("kind", "not_checkable")),
                            models.Q(("code__in", ("court_order", "doxxing", "danger")), ("kind", "withhold")),
                            models.Q(("code", ""), ("kind__in", ("merge", "split"))),
                            _connector="OR",
                        ),
                        name="proposal_code_fits_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", "court_order"), _negated=True),
                            models.Q(("court_order", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_court_order_is_shown_with_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passage_end__isnull", True), ("passage_start__isnull", True)),
                            models.Q(
                                ("kind", "withhold"),
                                ("passage_end__gt", models.F("passage_start")),
                                ("passage_start__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_passage_has_a_beginning_and_an_end",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("claim", "kind", "subject"),
                        name="one_open_proposal_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("first_person", models.BigIntegerField()),
                ("second_person", models.BigIntegerField()),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("upheld", "upheld"), ("overturned", "overturned")], default="", max_length=12
                    ),
                ),
                ("answer", models.TextField(default="")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appeals", to="claims.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="appeal_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(
                                models.Q(("decided_by", models.F("first_person")), _negated=True),
                                models.Q(("decided_by", models.F("second_person")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_third_person_decides_an_appeal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_decides_their_own_appeal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("outcome__in", ("upheld", "overturned")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_decided_appeal_says_how_and_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decided_by__isnull", True)),
                        fields=("proposal",),
                        name="one_open_appeal_a_proposal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SplitPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grouping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="split_parts", to="claims.grouping"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="claims.proposal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "grouping"), name="a_question_once_a_split")
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name_vi", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), _negated=True),
                            models.Q(("name_vi", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                        ),
                        name="topic_has_its_names",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="claims.claim"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.topic"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("claim", "topic"), name="a_topic_once_a_claim")],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=12)),
                ("text", models.TextField()),
                ("of_digest", models.CharField(max_length=64)),
                ("by", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="claims.claim"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "language"), name="one_translation_a_language"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="translation_is_not_empty"
                    ),
                ],
            },
        ),
    ]
