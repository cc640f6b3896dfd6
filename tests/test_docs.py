"""Docs that hold: their commands and code run, links lead somewhere, nothing is left out."""

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli import app
from tests.api.cli_runs import ccn_gis

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guide"
CLI = (GUIDE / "cli.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted(GUIDE.glob("*.md"))]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def blocks(language: str) -> list[tuple[str, str]]:
    """Return the code blocks of a language in README and guide, each with its page's name."""
    pattern = re.compile(rf"^```{language}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    return [
        (page.name, block)
        for page in PAGES
        for block in pattern.findall(page.read_text(encoding="utf-8"))
    ]


def commands(block: str) -> list[tuple[str, str]]:
    """Return the commands of a console block, each with the output shown below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert not parts[0].strip(), parts[0]
    return [(line, shown) for line, _, shown in (part.partition("\n") for part in parts[1:])]


def is_shown(shown: str, said: str) -> bool:
    """Say whether an output is the one shown: "…" stands for anything, blanks count as one."""
    pieces = (re.escape(" ".join(piece.split())) for piece in shown.split("…"))
    return re.fullmatch(r"\s*.*?\s*".join(pieces), " ".join(said.split()), re.DOTALL) is not None


@pytest.mark.parametrize(("page", "block"), blocks("console"))
def test_the_console_shows_what_is_said(
    page: str, block: str, example_register: Path, tmp_path: Path
) -> None:
    """Each command runs in a folder with the example register and says what is shown."""
    shutil.copyfile(example_register, tmp_path / "register.gpkg")
    for line, shown in commands(block):
        program, *arguments = shlex.split(line)
        assert program == "ccn-gis", page
        run = ccn_gis(*arguments, folder=tmp_path)
        assert is_shown(shown, run.out + run.err), f"{page}: {line}\n{run.out}{run.err}"


def test_another_output_is_not_the_one_shown() -> None:
    """A changed number and a cut end are seen; what "…" stands for is not."""
    assert is_shown("a …\n0,450 % …", "a b\nc\n0,450\N{NO-BREAK SPACE}% d\n")
    assert not is_shown("a …\n0,450 % …", "a b\nc\n0,451 % d\n")
    assert not is_shown("a\n", "a\nb\n")


@pytest.mark.parametrize(("page", "block"), blocks("python"))
def test_python_in_the_docs_runs(
    page: str, block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that holds the project's data; what it writes stays there."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    exec(compile(block, page, "exec"), {"__name__": "__main__"})  # noqa: S102


def test_the_readmes_map_holds_the_clusters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notebook example writes a page of its own that names them."""
    test_python_in_the_docs_runs(*blocks("python")[0], tmp_path, monkeypatch)
    assert "Tiên Tiến" in (tmp_path / "clusters.html").read_text(encoding="utf-8")


def all_commands() -> list[tuple[str, Any]]:
    """Return every command with its name; one of a group has both names."""
    group: Any = typer.main.get_command(app)
    found = []
    for name, command in group.commands.items():
        inner = getattr(command, "commands", {})
        found += [(f"{name} {own}", one) for own, one in inner.items()] or [(name, command)]
    return found


def test_every_command_and_option_is_in_the_guide() -> None:
    """A section with an example for each command, a word for each option."""
    known: set[str] = set()
    for name, command in all_commands():
        assert f"## {name.split()[0]}: " in CLI, name
        assert f"ccn-gis {name}" in CLI, name
        for parameter in command.params:
            for option in parameter.opts:
                known.add(option)
                if option.startswith("--"):
                    assert f"`{option}`" in CLI, f"{name} {option}"
    told = set(re.findall(r"`(--[a-z-]+)`", CLI))
    assert told <= known | {"--help"}


@pytest.mark.parametrize("page", [*PAGES, *ADRS], ids=lambda page: str(page.name))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link inside the project names a file or folder that is there."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith(("#", "/")):
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_the_guide_lists_its_pages() -> None:
    """The guide's first page links to every other."""
    listed = set(re.findall(r"\]\((\w+\.md)\)", (GUIDE / "README.md").read_text(encoding="utf-8")))
    assert listed == {page.name for page in GUIDE.glob("*.md")} - {"README.md"}


@pytest.mark.parametrize("record", ADRS, ids=lambda record: str(record.name))
def test_a_decision_is_short(record: Path) -> None:
    """A record of a decision has at most 40 lines."""
    assert len(record.read_text(encoding="utf-8").splitlines()) <= 40
