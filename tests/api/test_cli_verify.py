"""``ccn-gis verify``: what it says, its exit code, and the anchors that it reads and writes."""

import json
from pathlib import Path

import pytest

from tests.api.cli_runs import ccn_gis
from tests.gis.maps_of_plots import box
from tests.gis.registers import add, behind_our_back, clean_register, parcel


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a small register of one change."""
    clean_register(tmp_path).close()
    return tmp_path


def test_a_register_that_nobody_touched_is_clean(folder: Path) -> None:
    """Without an anchor it says what can't be known."""
    run = ccn_gis("verify", folder=folder, CCN_GIS_LANG="en")
    assert run.code == 0
    assert run.out.startswith("1 changes, 12 versions (personal data erased in 0); last hash ")
    assert run.out.endswith(
        "✓ All chains follow from the tables.\n"
        "Without an anchor from outside, a cut tail can't be excluded.\n"
    )


def test_what_was_changed_is_named(folder: Path) -> None:
    """In words with a code, in JSON with facts; the exit code says so; no anchor is written."""
    with behind_our_back(clean_register(folder)) as raw:
        raw.execute("UPDATE detailed_plan_version SET approved_on = '1999-01-01'")
        raw.execute("UPDATE detailed_plan SET approved_on = '1999-01-01'")
    run = ccn_gis("verify", "--write-anchor", "a.jsonl", folder=folder)
    assert run.code == 1
    assert (
        "✗ detailed_plan «A-plan», phiên bản 1 (thay đổi 1) đã bị sửa ngoài chương trình. "
        "[verify.version_altered]"
    ) in run.out.splitlines()
    assert not (folder / "a.jsonl").exists()
    answer = json.loads(ccn_gis("verify", "--json", folder=folder).out)
    assert (answer["clean"], answer["tail_vouched_for_up_to"]) == (False, None)
    finding = answer["findings"][0]
    assert (finding["code"], finding["id"]) == ("verify.version_altered", "A-plan")


def test_anchors_of_many_days_are_found(folder: Path) -> None:
    """Each is appended; a register that was set back is named."""
    for _day in range(3):
        assert ccn_gis("verify", "--write-anchor", "a.jsonl", folder=folder).code == 0
    answer = json.loads(ccn_gis("verify", "--anchor", "a.jsonl", "--json", folder=folder).out)
    assert (answer["anchors"], answer["tail_vouched_for_up_to"]) == (3, 1)
    assert answer["head"] == json.loads((folder / "a.jsonl").read_text().splitlines()[0])
    before = (folder / "register.gpkg").read_bytes()
    store = clean_register(folder)
    add(store, parcel("A", "A-3", box(2, 0)))
    store.close()
    assert ccn_gis("verify", "--write-anchor", "a.jsonl", folder=folder).code == 0
    (folder / "register.gpkg").write_bytes(before)
    run = ccn_gis("verify", "--anchor", "a.jsonl", folder=folder)
    assert run.code == 1
    assert "1 thay đổi cuối đã bị cắt. [verify.cut]" in run.out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "anchor.access"),
        ("{}", "anchor.file"),
        ("not json", "anchor.file"),
        ('{"number":"x","at":"2024-01-01","register_hash":"","clusters":{}}', "anchor.file"),
        ('{"number":1,"at":"2024-01-01","register_hash":"","clusters":[]}', "anchor.file"),
        ("[]", "anchor.file"),
    ],
)
def test_a_file_that_holds_no_anchors_is_refused(
    folder: Path, content: str | None, code: str
) -> None:
    """With its line; blank lines are none."""
    if content is not None:
        (folder / "a.jsonl").write_text(f"\n{content}\n")
    run = ccn_gis("verify", "--anchor", "a.jsonl", folder=folder, CCN_GIS_LANG="en")
    assert (run.code, run.out) == (2, "")
    assert f"[{code}]" in run.err
    assert content is None or "Line 2 of" in run.err


def test_an_anchor_that_can_t_be_written_is_told(folder: Path) -> None:
    """A folder that is not there is not made."""
    run = ccn_gis("verify", "--write-anchor", "nowhere/a.jsonl", folder=folder)
    assert (run.code, run.err.count("[anchor.access]")) == (2, 1)
