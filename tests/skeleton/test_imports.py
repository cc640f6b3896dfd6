"""The arrows: api → maps → gis, and each heavy library in its room."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = (
    "argon2", "branca", "fastapi", "folium", "geopandas", "granian", "jinja2", "numpy", "pandas",
    "pydantic", "pyogrio", "pyproj", "shapely", "sqlalchemy", "starlette", "uvicorn",
)  # fmt: skip


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of pyproject.toml on the packages in ``folder``."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_import_contracts_hold() -> None:
    """Every import points down and stays in its room."""
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


WRONG = (
    ("gis.shares", "maps.page"),
    ("gis.shares", "api.app"),
    ("maps.page", "api.app"),
    ("gis.crs", "gis.geometry"),
    ("gis.indicators.fill", "gis.store.reading"),
    ("gis.model.land", "gis.crs"),
    ("gis.leases", "gis.parcels"),
    ("gis.geometry", "pyproj"),
    ("api.cli", "pyproj"),
    ("gis.shares", "sqlalchemy"),
    ("maps.page", "sqlalchemy"),
    ("gis.tables", "pyogrio"),
    ("gis.store.reading", "geopandas"),
    ("gis.indicators.fill", "pandas"),
    ("api.app", "folium"),
    ("gis.store.reading", "jinja2"),
    ("gis.shares", "pydantic"),
    ("maps.page", "fastapi"),
    ("gis.clusters", "rich"),
    ("gis.model.codes", "gis.rights"),
    ("gis.rights", "gis.accounts.people"),
    ("gis.accounts.people", "gis.store.reading"),
    ("gis.leases", "argon2"),
    ("api.cli", "argon2"),
)
RIGHT = (
    ("api.app", "maps.page"),
    ("api.app", "fastapi"),
    ("maps.page", "gis.shares"),
    ("maps.page", "folium"),
    ("gis.shares", "gis.store.reading"),
    ("gis.store.reading", "sqlalchemy"),
    ("gis.store.reading", "gis.indicators.fill"),
    ("gis.geometry", "gis.crs"),
    ("gis.crs", "pyproj"),
    ("gis.accounts.people", "gis.rights"),
    ("gis.accounts.people", "sqlalchemy"),
    ("gis.accounts.passwords", "argon2"),
)


def test_the_contracts_bite(tmp_path: Path) -> None:
    """In a house of empty rooms with right and wrong imports, just the wrong ones are named."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room, imported in (*WRONG, *RIGHT):
        for module in (room, imported):
            if module.partition(".")[0] in ("gis", "maps", "api"):
                furnish(tmp_path, module)
        with room_file(tmp_path, room).open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")

    said = lint_imports(tmp_path).stdout

    named = set(re.findall(r"^ *-? *([\w.]+) -> ([\w.]+) \(l\.\d+\)", said, re.MULTILINE))
    assert named == set(WRONG), said


def room_file(house: Path, module: str) -> Path:
    """Return the file of a module."""
    return house.joinpath(*module.split(".")).with_suffix(".py")


def furnish(house: Path, module: str) -> None:
    """Make an empty module and the packages around it."""
    file = room_file(house, module)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    for folder in file.relative_to(house).parents[:-1]:
        (house / folder / "__init__.py").touch()


def test_help_loads_no_heavy_library() -> None:
    """`ccn-gis --help` answers at once: it imports the command line and nothing of the land."""
    program = (
        "import json, sys\n"
        "sys.argv = ['ccn-gis', '--help']\n"
        "from api.cli import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stderr)}
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY), loaded.intersection(HEAVY)
