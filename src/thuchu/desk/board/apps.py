"""The board in Django's list of rooms."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """The room's name and label."""

    name = "thuchu.desk.board"
    label = "board"
