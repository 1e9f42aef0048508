"""How fast one address, and one token of a program, may send messages."""

from functools import cache

from django.conf import settings

from thuchu.desk.limits import Limiter


@cache
def limiter() -> Limiter:
    """This process's limiter, with its share of the desk's limit."""
    return Limiter(per_minute=settings.THUCHU_CHECKS_PER_MINUTE / settings.THUCHU_WORKERS)


# A library's chat and a newsroom's form stand for many people behind one token: as many as six lines, in bursts.
TOKEN_TIMES = 6


@cache
def token_limiter() -> Limiter:
    """This process's limiter of what comes with a token, whatever line it comes from."""
    return Limiter(per_minute=TOKEN_TIMES * settings.THUCHU_CHECKS_PER_MINUTE / settings.THUCHU_WORKERS)
