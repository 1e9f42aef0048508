"""The library room in Django's list of rooms."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Named by its room alone, as its tables are."""

    name = "thuchu.desk.library"
    label = "library"
