"""The shifts room in Django's list of rooms."""

from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    """Nothing to put back after a migration: rows of people here are meant to go."""

    name = "thuchu.desk.shifts"
    label = "shifts"
