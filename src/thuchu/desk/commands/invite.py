"""`thuchu invite --role operator`: the one link that makes the first operator of a desk that has none."""

import sys

from django.conf import settings
from django.utils import timezone

from thuchu.desk.accounts.invite import invite_first_operator
from thuchu.desk.accounts.places import INVITATION_DAYS
from thuchu.desk.accounts.refusals import HasOperator
from thuchu.desk.commands.ready import ready


def first_operator(*, replace: bool) -> int:
    """Print the link, once; an earlier one that nobody used is worthless from now on."""
    ready()
    try:
        token = invite_first_operator(now=timezone.now(), replace=replace)
    except HasOperator as error:
        print(f"{error} If they lost every key: --replace.", file=sys.stderr)
        return 1
    print(f"{settings.THUCHU_ADDRESS}/join/{token}")
    print(f"Open it yourself within {INVITATION_DAYS} days: who opens it first runs this desk.", file=sys.stderr)
    return 0
