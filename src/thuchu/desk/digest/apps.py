"""The digest in Django's list of rooms."""

from django.apps import AppConfig


class DigestConfig(AppConfig):
    """The room's name and label."""

    name = "thuchu.desk.digest"
    label = "digest"
