"""Making the home ready, with a progress bar for the first time and after an upgrade."""

from django.conf import settings

from thuchu.desk.commands.progress import bar
from thuchu.desk.holding import InUse, hold
from thuchu.desk.home import NewerHome, make_ready


def ready() -> None:
    """The home is made, migrated and indexed when this returns; else it leaves with a sentence for the operator."""
    try:
        with bar("Bringing the index up to date") as shown:
            make_ready(shown.to)
            hold(settings.THUCHU_HOME)
    except (NewerHome, InUse) as error:
        raise SystemExit(str(error)) from None
