"""The replies room in Django's list of rooms."""

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    """Named by its room alone, as its tables are."""

    name = "thuchu.desk.replies"
    label = "replies"
