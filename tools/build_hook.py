"""Carry the data into the wheel, and refuse to build one whose map would have no scripts."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before the wheel is made, for the real wheel and for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Place ``data/`` in the package as ``gis/_data``; an editable install finds the checkout.

        Raises:
            FileNotFoundError: if the web files were not fetched.
        """
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "maps/static/vendor/.lock").exists():
            raise FileNotFoundError("maps/static/vendor is empty; run: make assets")
        build_data["force_include"][str(root / "data")] = "gis/_data"
