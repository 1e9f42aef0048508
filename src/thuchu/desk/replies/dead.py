"""What a person may do about a letter that was tried often enough: try it again, or give up and erase the address."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.replies.addresses import give_up
from thuchu.desk.replies.models import DEAD, WAITING, Reply


def try_again(number: int, *, now: datetime) -> bool:
    """Give a dead letter its tries back; False when there is none of that number (any more)."""
    dead = Reply.objects.filter(pk=number, state=DEAD)
    return bool(dead.update(state=WAITING, attempts=0, try_at=now, ended_at=None))


def give_up_on(number: int, *, now: datetime) -> bool:
    """Nobody is reached there: the address is erased, the question's page stays; False when there is no such letter."""
    with transaction.atomic():
        dead = Reply.objects.select_for_update().filter(pk=number, state=DEAD).first()
        if dead is None:
            return False
        give_up(dead.submission_id, now=now)
    return True
