"""The command line on a register in PostGIS, from an empty database to an answer over HTTP."""

import json
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.api.cli_runs import COMMAND, Run, ccn_gis, environment
from tests.api.test_cli_serve import PATIENCE, asked


@pytest.fixture
def run_on(postgis_url: str, tmp_path: Path) -> "RunOn":
    """Return what runs commands on an empty database."""
    return RunOn(postgis_url, tmp_path)


class RunOn:
    """Runs commands on one register."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder

    def __call__(self, *arguments: str) -> Run:
        """Run a command to its end."""
        return ccn_gis(*arguments, folder=self.folder, CCN_GIS_REGISTER=self.url)


def test_every_command_works_on_a_server(run_on: RunOn) -> None:
    """Made with the example, checked, asked; made a second time it is left alone."""
    assert run_on("init", "--example").code == 0
    again = run_on("init", "--example")
    assert (again.code, again.err.split()[-1]) == (1, "[register.exists]")
    assert run_on("check").code == 0
    share = json.loads(run_on("share", "--on", "2021-12-31", "--json").out)
    assert share["numerator_ha"] == 2063.83
    assert "33,84" in run_on("balance", "ccn-tien-tien").out
    assert run_on("reconcile").code == 0
    assert run_on("migrate").out.startswith("Sổ đã theo lược đồ")


def test_an_empty_database_says_how_to_begin(run_on: RunOn) -> None:
    """The address in the sentence has no password."""
    run_on.url = run_on.url.replace("//ccn@", "//ccn:s3cret@")
    run = run_on("share")
    assert (run.code, run.err.split()[-1]) == (1, "[register.missing]")
    assert "s3cret" not in run.err
    assert "ccn:***@" in run.err
    assert "s3cret" not in run_on("init").out


def test_a_server_that_is_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Not by a trace, and without the password."""
    url = "postgresql://ccn:s3cret@127.0.0.1:1/land"
    run = ccn_gis("check", "--register", url, folder=tmp_path)
    assert (run.code, run.err.split()[-1]) == (1, "[register.server]")
    assert "s3cret" not in run.err


def test_serve_answers_from_a_server(run_on: RunOn) -> None:
    """Its address is printed, a question is answered, Ctrl+C ends it cleanly."""
    assert run_on("init", "--example").code == 0
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(
            [*COMMAND, "serve", "--port", "0"],
            cwd=run_on.folder,
            env=environment(CCN_GIS_REGISTER=run_on.url),
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as server,
    ):
        try:
            assert server.stdout
            said = server.stdout.readline()
            assert said.startswith("Bản đồ: http://127.0.0.1:"), said
            port = urlsplit(said.split()[2]).port
            status, body = asked(port, "/api/province/share?on=2021-12-31")
            assert (status, json.loads(body)["numerator_ha"]) == (200, 2063.83)
            assert asked(port, "/api/clusters")[0] == 200
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=PATIENCE)
        finally:
            server.kill()
        errors.seek(0)
        assert (errors.read(), server.returncode) == ("", 0)


def test_copy_moves_a_register_to_a_server_and_back(run_on: RunOn, example_register: Path) -> None:
    """In both languages of output; the hashes that are printed are equal."""
    shutil.copyfile(example_register, run_on.folder / "first.gpkg")
    there = run_on("copy", "first.gpkg", run_on.url, "--json").answer
    back = run_on("copy", run_on.url, "back.gpkg", "--json").answer
    assert there == back
    assert run_on("check").code == 0
    said = run_on("copy", run_on.url, "again.gpkg")
    assert there["register_hash"] in said.out
    with psycopg.connect(run_on.url) as raw:
        row = raw.execute("SELECT count(*) FROM parcel").fetchone()
    assert row == (there["rows"]["parcel"],)
