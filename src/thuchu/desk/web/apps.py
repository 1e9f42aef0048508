"""The web pages in Django's list of rooms."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, templates, words and static files; no tables."""

    name = "thuchu.desk.web"
    label = "web"
