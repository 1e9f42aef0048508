"""The intake room in Django's list of rooms."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Named by its room alone, as its tables are."""

    name = "thuchu.desk.intake"
    label = "intake"
