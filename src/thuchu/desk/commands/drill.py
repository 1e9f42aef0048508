"""`thuchu drill`: a day that goes wrong, played on a copy of the desk; what it found as pages to publish."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from thuchu import __version__
from thuchu.desk.backup import CannotBackUp, CannotRestore
from thuchu.desk.commands.move_database import copy_to_file
from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.commands.serving import served
from thuchu.desk.drill.asking import flood
from thuchu.desk.drill.attacking import attack
from thuchu.desk.drill.copying import NotACopy, copy_desk, require_copy
from thuchu.desk.drill.findings import Drill, Finding, written
from thuchu.desk.drill.flooding import judge_flood
from thuchu.desk.drill.paper import paper
from thuchu.desk.drill.poisoning import poison
from thuchu.desk.drill.pouring import pour, wake
from thuchu.desk.drill.wrong_fact import mispin
from thuchu.desk.moving import CannotMove
from thuchu.desk.replies.figures import asked
from thuchu.desk.sample_verbs import view_of
from thuchu.desk.simulation import joining, world
from thuchu.desk.simulation.browser import PageFailed
from thuchu.desk.simulation.world import World
from thuchu.documents.rendering import render
from thuchu.documents.tree import Format, Language

# Enough that both sides of most things have people, and a tenth of them can attack.
PEOPLE, CLAIMS = 40, 12
_FORMATS: tuple[Format, ...] = ("html", "pdf")
_LANGUAGES: tuple[Language, ...] = ("vi", "en")
# What would let a copy reach people, or another desk's rows.
_NOT_FOR_A_COPY = ("THUCHU_SMTP_URL", "THUCHU_DATABASE_URL", "THUCHU_ADDRESS", "THUCHU_HOME")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """questions over `minutes`, one in a hundred of them different; `out` takes the pages."""

    questions: int
    minutes: float
    seed: int
    out: Path
    keep: bool


def run(plan: Plan) -> int:
    """Copy the desk, play on the copy in a process of its own, and take the copy away unless it is to be kept."""
    if plan.out.exists() and (not plan.out.is_dir() or any(plan.out.iterdir())):
        print(f"{plan.out} is not empty: name another folder with --out", file=sys.stderr)
        return 1
    copy = plan.out / "copy"
    try:
        with bar("Copying the desk") as shown:
            copy_desk(
                settings.THUCHU_HOME,
                copy,
                now=timezone.now(),
                report=shown.to,
                copy_rows=copy_to_file if settings.THUCHU_DATABASE_URL else None,
            )
        code = _play_on(copy, plan)
    except (CannotBackUp, CannotRestore, CannotMove) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        if not plan.keep:
            shutil.rmtree(copy, ignore_errors=True)
    return code


def play(plan: Plan) -> int:
    """The drill itself; this process's home is the copy."""
    try:
        require_copy(settings.THUCHU_HOME)
    except NotACopy as error:
        print(error, file=sys.stderr)
        return 1
    ready()
    began = timezone.now()
    try:
        findings = _findings(plan, began)
    except (PageFailed, TimeoutError) as error:
        print(f"The copy didn't play along ({error}).", file=sys.stderr)
        return 1
    drill = Drill(
        desk=settings.THUCHU_NAME, version=__version__, played_at=began, seed=plan.seed, findings=tuple(findings)
    )
    for language in _LANGUAGES:
        for format in _FORMATS:
            (plan.out / f"drill-{language}.{format}").write_bytes(render(paper(drill, language), format))
    (plan.out / "drill.json").write_text(written(drill), encoding="utf-8")
    print(f"{drill.held} of {drill.asked} requirements held: {plan.out / 'drill-vi.html'}")
    return 0 if drill.held == drill.asked else 3


def _play_on(copy: Path, plan: Plan) -> int:
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_A_COPY}
    command = [sys.executable, "-m", "thuchu.cli", "--home", str(copy), "drill", "election", "--on-this-copy"]
    command += ["--questions", str(plan.questions), "--minutes", str(plan.minutes), "--seed", str(plan.seed)]
    return subprocess.run([*command, "--out", str(plan.out)], env=environment, check=False).returncode  # noqa: S603 (our own command)


def _findings(plan: Plan, now: datetime) -> list[Finding]:
    crowd = _strangers(world.make(contributors=PEOPLE, claims=CLAIMS, attackers=0.0, seed=plan.seed))
    with bar("People join the copy") as shown:
        joined = joining.let_in(crowd.people, replace=True, now=now, report=shown.to)
    accounts = [view_of(number) for number in joined.accounts]
    asks = flood(plan.questions, max(1, plan.questions // 100), plan.seed)
    with served() as address:
        wake(address)
        before = asked().asked
        with bar("They all ask at once") as shown:
            poured = pour(asks, address, seconds=plan.minutes * 60, report=shown.to)
    found = judge_flood(asks, poured, before, now=timezone.now())
    found += poison(asks, settings.THUCHU_HOME, now=timezone.now())
    found += mispin([each.pseudonym_id for each in accounts[-2:]], settings.THUCHU_HOME, now=timezone.now())
    found += attack(crowd, accounts, seed=plan.seed, now=timezone.now())
    return found


def _strangers(crowd: World) -> World:
    """Under names that nobody has on the desk."""
    people = tuple(replace(person, name=f"Diễn Tập {person.name}") for person in crowd.people)
    return replace(crowd, people=people)
