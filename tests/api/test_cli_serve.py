"""``ccn-gis serve`` as a process: it answers, ends when told, and leaves one file."""

import http.client
import json
import re
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from tests.api.cli_runs import COMMAND, ccn_gis, environment

PATIENCE = 60.0


def test_serve_answers_and_leaves_one_file(example_copy: Path) -> None:
    """On a free port: its address is printed, /health answers, Ctrl+C ends it cleanly."""
    before = example_copy.read_bytes()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", "--register", str(example_copy)],
            cwd=example_copy.parent,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as server,
    ):
        try:
            assert server.stdout
            said = server.stdout.readline()
            assert said.startswith("Bản đồ: http://127.0.0.1:"), said
            address = urlsplit(said.split()[2])
            assert asked(address.port, "/health")[0] == 200
            status, body = asked(address.port, "/api/province/share?on=2021-12-31")
            assert (status, json.loads(body)["numerator_ha"]) == (200, 2063.83)
            server.send_signal(signal.SIGINT)
            rest, _ = server.communicate(timeout=PATIENCE)
            link = rest.removeprefix("Tạo người quản trị đầu tiên (dùng một lần, đến ")
            assert re.fullmatch(rf"[\d/ :]+\): {address.geturl()}/setup/[\w-]{{43}}\n", link), rest
        finally:
            server.kill()
        errors.seek(0)
        assert (errors.read(), server.returncode) == ("", 0)
    assert files(example_copy) == [example_copy.name, f"{example_copy.name}.accounts"]
    check = ccn_gis("check", "--register", example_copy, folder=example_copy.parent)
    assert check.code == 0
    assert len(example_copy.read_bytes()) == len(before)


def files(register: Path) -> list[str]:
    """Return the names of what lies in a register's folder."""
    return sorted(path.name for path in register.parent.iterdir())


def asked(port: int | None, path: str) -> tuple[int, bytes]:
    """Ask the server for a path; return the status and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_used_port_is_told_in_a_sentence(example_copy: Path) -> None:
    """Another program on the port: a way out instead of a trace, and the register is one file."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        run = ccn_gis(
            "serve", "--port", port, "--register", example_copy, folder=example_copy.parent
        )
    assert (run.code, run.out) == (2, "")
    assert f"127.0.0.1:{port}" in run.err
    assert run.err.endswith("[server.address]\n")
    assert files(example_copy) == [example_copy.name, f"{example_copy.name}.accounts"]


def test_a_bad_setting_or_register_starts_nothing(tmp_path: Path, example_copy: Path) -> None:
    """A setting is refused by name, a missing register with the command that makes one."""
    bad = ccn_gis("serve", "--register", example_copy, folder=tmp_path, CCN_GIS_CACHE_MB="many")
    assert (bad.code, bad.out) == (2, "")
    assert "CCN_GIS_CACHE_MB" in bad.err
    missing = ccn_gis("serve", "--register", "none.gpkg", folder=tmp_path)
    assert (missing.code, missing.out) == (1, "")
    assert "ccn-gis init --register none.gpkg" in missing.err
