"""The commitments room in Django's list of rooms."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommitmentsConfig(AppConfig):
    """Puts the tables' guards back after every migration: a rebuilt SQLite table loses its triggers."""

    name = "thuchu.desk.commitments"
    label = "commitments"

    def ready(self) -> None:
        from thuchu.desk.commitments.guards import install_guards

        def after_migrate(using: str, **_: Any) -> None:
            install_guards(using)

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="commitments.guards", weak=False)
