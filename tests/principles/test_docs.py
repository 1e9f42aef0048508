"""Docs that cannot lie: commands, settings, API addresses and entry kinds are described as they are."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from thuchu.desk.ledger.kinds import KINDS
from thuchu.desk.options import OPTIONS

ROOT = Path(__file__).parents[2]


def text(name):
    return (ROOT / name).read_text("utf-8")


def test_the_page_of_commands_is_what_the_commands_say(tmp_path):
    code = "import sys; sys.path.insert(0, 'bench'); import write_cli_docs; sys.stdout.write(write_cli_docs.page())"

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout == text("docs/cli.md"), "run: python bench/write_cli_docs.py"


def test_every_setting_has_its_row():
    for option in OPTIONS:
        assert f"`{option.name}`" in text("docs/cli.md")


def test_every_entry_kind_has_its_row_with_its_fields():
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \|.*\| (.*) \|$", text("docs/ledger.md"), re.MULTILINE))

    assert set(rows) == set(KINDS)
    for kind, (_, fields) in KINDS.items():
        assert set(re.findall(r"`([a-z0-9_]+)`", rows[kind])) == fields


@pytest.mark.django_db
def test_every_api_address_has_its_heading(client):
    document = client.get("/api/v1/openapi.json").json()

    for path, methods in document["paths"].items():
        for method in methods:
            assert f"## {method.upper()} {path}" in text("docs/api.md")


def test_every_link_between_documents_leads_somewhere():
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_every_dependency_has_its_line():
    project = tomllib.loads(text("pyproject.toml"))
    listed = text("docs/dependencies.md").lower()
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(name for extra in extras for name in extra)]
    wanted += project["dependency-groups"]["dev"]

    for line in wanted:
        name = re.match(r"[A-Za-z0-9-]+", line)[0].lower()
        assert name == "thuchu" or name in listed, f"docs/dependencies.md has no word about {name}"


def test_every_target_that_make_promises_has_its_rule():
    """`make bench` said "nothing to be done": the name stood among the targets, and no rule below it."""
    makefile = text("Makefile")
    promised = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()

    for target in promised:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
