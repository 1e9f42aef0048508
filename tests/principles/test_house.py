"""The house: arrows point down, foreign keys too, and nothing of a builder's machine stays in the walls."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
# Top to bottom, as in docs/architecture.md.
DESK_ORDER = [
    "board",
    "inquiries",
    "commitments",
    "reviews",
    "replies",
    "publishing",
    "notes",
    "facts",
    "claims",
    "intake",
    "library",
    "evidence",
    "accounts",
    "jobs",
    "ledger",
]
TEXT_SUFFIXES = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".po",
    ".csv",
    ".json",
    ".jsonl",
    ".txt",
    ".sh",
    ".lock",
}


def tracked_files():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: what is committed can't be listed")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_import_contracts_are_kept():
    lint_imports = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([lint_imports], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stdout


def test_foreign_keys_point_down_and_never_by_name_only():
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in DESK_ORDER:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "remote_field", None) and field.concrete and field.related_model
            if target and target._meta.app_label in DESK_ORDER:
                below = DESK_ORDER[DESK_ORDER.index(room) :]
                assert target._meta.app_label in below, f"{model.__name__}.{field.name} points up"


def test_every_desk_table_stands_in_the_order():
    rooms = {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("thuchu.desk")}

    assert rooms == set(DESK_ORDER)


def test_pure_rooms_open_no_address():
    rooms = "text privacy links claimreview matching consensus rounds log dump figures documents procedure".split()
    pure = [ROOT / "src/thuchu" / room for room in rooms]
    banned = re.compile(r"urllib\.request|http\.client|\bsocket\b|time\.time\(|datetime\.now|date\.today")

    for path in (path for room in pure for path in room.rglob("*.py")):
        found = banned.search(path.read_text("utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}: a pure room has no network and no clock"


def test_nothing_committed_names_a_machine_or_a_registry():
    # Written apart, so that this file doesn't find itself.
    names = [
        "/ro" + "ot/",
        "/wo" + "rk/",
        "pypi" + r"\.org",
        "files\\.python" + "hosted",
        "registry\\.npm" + "js",
    ]
    banned = re.compile("|".join(names))

    for path in tracked_files():
        if path.suffix in TEXT_SUFFIXES or path.name in ("Makefile", "run"):
            found = banned.search(path.read_text("utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: “{found and found[0]}”"


def test_no_marker_is_left_for_later():
    marker = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")

    for path in tracked_files():
        if path.suffix == ".py":
            found = marker.search(path.read_text("utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: open an issue instead of “{found and found[0]}”"


def test_no_committed_file_is_large():
    for path in tracked_files():
        assert path.stat().st_size <= 1_000_000, f"{path.relative_to(ROOT)} needs a reason in docs/adr/"


def test_the_command_runs_without_django():
    code = (
        "import sys; sys.modules['django'] = None\n"
        "import thuchu.cli, thuchu.privacy, thuchu.links, thuchu.claimreview, thuchu.log, thuchu.text\n"
        "assert not [m for m in sys.modules if m.startswith(('tantivy', 'django.'))], 'a pure room is heavy'\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 0, done.stderr
