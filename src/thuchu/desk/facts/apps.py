"""The facts room in Django's list of rooms."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FactsConfig(AppConfig):
    """Puts the tables' guards back after every migration: a rebuilt SQLite table loses its triggers."""

    name = "thuchu.desk.facts"
    label = "facts"

    def ready(self) -> None:
        from thuchu.desk.facts.guards import install_guards

        def after_migrate(using: str, **_: Any) -> None:
            install_guards(using)

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="facts.guards", weak=False)
