"""The worked example of the docs is what the library says today."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_figures_and_text_of_the_example_are_those_that_the_script_makes() -> None:
    place = ROOT / "bench" / "consensus_example.py"
    spec = importlib.util.spec_from_file_location("consensus_example", place)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    blocks, figures = script.made()

    page = (ROOT / "docs" / "consensus-example.md").read_text("utf-8")
    for block in blocks:
        assert f"```\n{block}\n```" in page, "run: python bench/consensus_example.py docs/figures"
    for name, figure in figures.items():
        assert (ROOT / "docs" / "figures" / name).read_text("utf-8") == figure, name
        assert f"(figures/{name})" in page
