"""How fast one address may send messages."""

from functools import cache

from django.conf import settings

from thuchu.desk.limits import Limiter


@cache
def limiter() -> Limiter:
    """This process's limiter, with its share of the desk's limit."""
    return Limiter(per_minute=settings.THUCHU_CHECKS_PER_MINUTE / settings.THUCHU_WORKERS)
