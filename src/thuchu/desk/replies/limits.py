"""How fast one line may leave addresses; how often one mailbox is asked stands in rows (`addresses`)."""

from functools import cache

from django.conf import settings

from thuchu.desk.limits import Limiter

# Somebody corrects a slip a few times; more is a script that writes to other people through us.
ADDRESSES_PER_MINUTE = 4


@cache
def limiter() -> Limiter:
    """This process's limiter, with its share of the desk's limit."""
    return Limiter(per_minute=ADDRESSES_PER_MINUTE / settings.THUCHU_WORKERS)
