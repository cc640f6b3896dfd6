"""A command loads what it needs and no more: an officer's old machine feels every library."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gis.registers import clean_register

ROOT = Path(__file__).parents[2]
HEAVY = {
    "argon2", "branca", "fastapi", "folium", "geopandas", "granian", "jinja2", "numpy", "pandas",
    "psycopg", "pydantic", "pyogrio", "pyproj", "shapely", "sqlalchemy", "starlette", "uvicorn",
}  # fmt: skip
#: Typer itself reads the options of a command with it.
OPTIONS = {"pydantic"}
#: What reads the register and measures land.
LAND = {"numpy", "pyproj", "shapely", "sqlalchemy"}
#: What reads accounts.
PEOPLE = {"argon2", "sqlalchemy"}
COMMANDS = (
    "init",
    "migrate",
    "copy",
    "serve",
    "check",
    "share",
    "balance",
    "reconcile",
    "verify",
    "backup",
    "restore",
)


def loaded_by(*arguments: str) -> set[str]:
    """Return the heavy libraries that a command has loaded when it ends well."""
    program = (
        "import json, sys\n"
        f"sys.argv = ['ccn-gis', *{arguments!r}]\n"
        "from api.cli import main\n"
        "try:\n    main()\nexcept SystemExit as done:\n    assert not done.code, done.code\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    names = json.loads(done.stderr.splitlines()[-1])
    return HEAVY & {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_loads_nothing_heavy(command: str) -> None:
    """Asking how a command is used is as quick as asking which commands there are."""
    assert loaded_by(command, "--help") <= OPTIONS


@pytest.mark.parametrize(
    "arguments", [("check",), ("share",), ("balance", "A"), ("reconcile",)], ids=lambda a: a[0]
)
def test_questions_load_the_land_and_no_more(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Questions need the store and geometry: no data frames, no map, no server."""
    store = clean_register(tmp_path)
    register = store.url
    store.close()
    loaded = loaded_by(*arguments, "--on", "2024-12-31", "--register", register)
    assert loaded - OPTIONS == LAND


def test_accounts_load_no_land(tmp_path: Path) -> None:
    """`user` needs their database and nothing that measures or serves."""
    (tmp_path / "land.gpkg").touch()
    loaded = loaded_by("user", "list", "--register", str(tmp_path / "land.gpkg"))
    assert loaded - OPTIONS == PEOPLE
    for command in ("add", "list", "change", "disable", "enable", "token", "password"):
        assert loaded_by("user", command, "--help") <= OPTIONS
