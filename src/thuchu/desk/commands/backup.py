"""`thuchu backup`: the whole desk as one file, while it runs."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from thuchu.desk.backup import CannotBackUp, back_up
from thuchu.desk.commands.move_database import copy_to_file
from thuchu.desk.commands.progress import bar
from thuchu.desk.moving import CannotMove


def run(target: Path) -> int:
    """Write it, and say what is in it."""
    try:
        with bar("Backing up") as shown:
            made = back_up(
                settings.THUCHU_HOME,
                target,
                now=timezone.now(),
                report=shown.to,
                copy_rows=copy_to_file if settings.THUCHU_DATABASE_URL else None,
            )
    except (CannotBackUp, CannotMove) as error:
        raise SystemExit(str(error)) from None
    print(f"{target}: {made.rows} rows of {len(made.tables)} tables, {len(made.files)} files.")
    print("It holds every question that was not erased, and the desk's key: keep it where only you can read it.")
    return 0
