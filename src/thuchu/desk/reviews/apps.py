"""The reviews room in Django's list of rooms."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Organisations, reviews and what they resolved."""

    name = "thuchu.desk.reviews"
    label = "reviews"
