"""The build hook: compiles the pages' translations, which the wheel carries and the repository doesn't.

It runs for editable installs too, so that `make setup` leaves a desk that speaks both languages.
"""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_WEB = Path("src/thuchu/desk/web")


class CompileMessages(BuildHookInterface):
    """Writes the `.mo` file of each language and puts it into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; `.mo` files are ignored by git, so the build must be told of them."""
        if self.target_name != "wheel":
            return
        web = Path(self.root) / _WEB
        # Loaded by its path: nothing of the package is installed when this runs.
        spec = importlib.util.spec_from_file_location("compile_messages", web / "compile_messages.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.refresh(web / "locale")
        build_data["artifacts"].append(f"{_WEB.as_posix()}/locale/**/*.mo")
