"""The command line: answers, refusals, exit codes, and files left as they were."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gis.model import Cluster, Period
from gis.store import Entry, create_store, open_store
from tests.api.cli_runs import Run, ccn_gis, process
from tests.gis.maps_of_plots import box
from tests.gis.registers import ON, add, behind_our_back, clean_register, cluster

#: A province of one's own, with an outline.
TRIAL: dict[str, Any] = {
    "type": "Feature",
    "properties": {
        "code": "99",
        "name_vi": "Tỉnh Thử",
        "epsg": 9211,
        "natural_area_ha": 1234.5,
        "natural_area_on": "2024-01-01",
        "source": "Niên giám 2024",
    },
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[105, 20], [106, 20], [106, 21], [105, 21], [105, 20]]],
    },
}
OLD = "2021-12-31"


@pytest.fixture(scope="module")
def hoa_binh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a register of the real content without the example, made by the command."""
    folder = tmp_path_factory.mktemp("plain")
    made = process("init", folder=folder)
    assert made == Run(
        0, "Đã tạo register.gpkg. Tiếp theo: ccn-gis serve --register register.gpkg\n", ""
    )
    return folder / "register.gpkg"


def refused(run: Run, code: str, *, status: int = 1) -> str:
    """Return the sentence of a refusal: one line on standard error, with its code."""
    assert (run.code, run.out) == (status, ""), run
    assert "Traceback" not in run.err
    sentence, found = run.err.rstrip("\n").rsplit(" [", 1)
    assert found == f"{code}]"
    assert "\n" not in sentence
    return sentence


def files(folder: Path) -> list[str]:
    """Return the names of what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


# --- init -----------------------------------------------------------------------------------------


def test_a_plain_register_holds_the_published_figures(hoa_binh: Path) -> None:
    """Without the example there are records and figures, and no boundary."""
    assert files(hoa_binh.parent) == ["register.gpkg"]
    share = ccn_gis("share", "--on", OLD, "--json", folder=hoa_binh.parent).answer
    assert (share["numerator_ha"], share["synthetic"]) == (2063.83, False)
    balance = ccn_gis("balance", "ccn-tien-tien", "--json", folder=hoa_binh.parent).answer
    assert (balance["boundary_m2"], balance["planned"]) == (None, [])


def test_init_makes_the_example(tmp_path: Path) -> None:
    """One command from an empty folder; its answer in JSON names the file."""
    made = process("init", "--example", "--register", "x.gpkg", "--json", folder=tmp_path)
    assert made.answer == {"register": "x.gpkg", "example": True}
    assert files(tmp_path) == ["x.gpkg"]
    with closing(open_store(tmp_path / "x.gpkg")) as store:
        assert store.setting("is_example") == "1"


@pytest.mark.parametrize(
    ("asked", "territory"), [("25", "phu-tho"), ("Thanh Hóa", "thanh-hoa"), ("17", "hoa-binh")]
)
def test_init_founds_another_province(tmp_path: Path, asked: str, territory: str) -> None:
    """By code or by name; the share of the new register is of that province."""
    assert ccn_gis("init", "--province", asked, folder=tmp_path, CCN_GIS_LANG="en").code == 0
    share = ccn_gis("share", "--json", folder=tmp_path).answer
    assert share["territory"]["id"] == territory


def test_init_reads_a_province_from_a_file(tmp_path: Path) -> None:
    """Its natural area is the denominator, with the file's source."""
    (tmp_path / "trial.geojson").write_text(json.dumps(TRIAL), encoding="utf-8")
    assert ccn_gis("init", "--province-file", "trial.geojson", folder=tmp_path).code == 0
    share = ccn_gis("share", "--json", folder=tmp_path).answer
    assert share["territory"]["name_vi"] == "Tỉnh Thử"
    assert share["natural_area_ha"] == 1234.5
    assert share["natural_area"]["source"]["title"] == "Niên giám 2024"


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (("--province", "Nowhere"), "province.unknown", 1),
        (("--province", "25", "--example"), "province.example", 2),
        (("--province-file", "bad.geojson"), "province.file", 2),
        (("--province-file", "missing.geojson"), "province.file", 2),
        (("--province-file", "degrees.geojson"), "province.file", 2),
        (("--province-file", "swapped.geojson"), "crs.axes_swapped", 1),
    ],
    ids=lambda value: str(value[-1]) if isinstance(value, tuple) else None,
)
def test_init_that_is_refused_makes_no_file(
    tmp_path: Path, arguments: tuple[str, ...], code: str, status: int
) -> None:
    """An unknown province or a bad file is refused before anything is written."""
    properties = TRIAL["properties"]
    ring = [[20, 105], [21, 105], [21, 106], [20, 105]]
    swapped = TRIAL | {"geometry": {"type": "Polygon", "coordinates": [ring]}}
    degrees = TRIAL | {"properties": properties | {"epsg": 4326}}
    for name, text in {
        "bad": '{"type": "Feature"',
        "swapped": json.dumps(swapped),
        "degrees": json.dumps(degrees),
    }.items():
        (tmp_path / f"{name}.geojson").write_text(text, encoding="utf-8")
    refused(ccn_gis("init", *arguments, folder=tmp_path), code, status=status)
    assert not (tmp_path / "register.gpkg").exists()


@pytest.mark.parametrize("arguments", [(), ("--example",), ("--province", "25")], ids=str)
def test_init_leaves_a_register_alone(example_copy: Path, arguments: tuple[str, ...]) -> None:
    """A register that holds data is refused, byte for byte unchanged."""
    before = example_copy.read_bytes()
    run = ccn_gis("init", *arguments, "--register", example_copy, folder=example_copy.parent)
    refused(run, "register.exists")
    assert example_copy.read_bytes() == before
    assert files(example_copy.parent) == [example_copy.name]


def test_init_completes_an_empty_register(tmp_path: Path) -> None:
    """A register that nothing was written to, as a broken start leaves it, is filled."""
    create_store(tmp_path / "register.gpkg").close()
    assert ccn_gis("init", folder=tmp_path).code == 0
    share = ccn_gis("share", "--on", OLD, "--json", folder=tmp_path).answer
    assert share["numerator_ha"] == 2063.83


@pytest.mark.parametrize("register", [".", "", "folder"])
def test_init_does_not_take_a_folder_for_a_register(tmp_path: Path, register: str) -> None:
    """The refusal names another way, not the command that was just run."""
    (tmp_path / "folder").mkdir()
    refused(ccn_gis("init", "--register", register, folder=tmp_path), "register.exists")
    assert files(tmp_path) == ["folder"]


# --- check ----------------------------------------------------------------------------------------


def test_check_finds_nothing_in_the_example(example_register: Path) -> None:
    """Exit code 0, and the counts say that something was looked at."""
    run = ccn_gis("check", "--json", "--register", example_register, folder=example_register.parent)
    assert run.answer["clean"] is True
    assert run.answer["counts"]["parcel"] > 200


def test_check_finds_planted_faults(tmp_path: Path) -> None:
    """An overlap and a kept balance that geometry denies: exit code 1 and both are named."""
    store = clean_register(tmp_path)
    add(store, cluster("C", box(3, 0, 4, 4)))
    with behind_our_back(store) as raw:
        raw.execute("UPDATE balance SET industry_m2 = industry_m2 + 1 WHERE cluster_id = 'A'")
        raw.commit()
    store.close()
    arguments = ("check", "--on", "2024-12-31")
    found = ccn_gis(*arguments, "--json", folder=tmp_path)
    assert found.code == 1
    codes = {finding["code"] for finding in json.loads(found.out)["findings"]}
    assert codes == {"check.overlap", "check.balance"}
    said = ccn_gis(*arguments, folder=tmp_path)
    assert said.code == 1
    assert "✗" in said.out
    assert "[check.overlap]" in said.out


# --- share ----------------------------------------------------------------------------------------


def share(register: Path, *arguments: str) -> dict[str, Any]:
    """Return the share that the example register answers with."""
    return ccn_gis(
        "share", *arguments, "--json", folder=register.parent, CCN_GIS_REGISTER=str(register)
    ).answer


def test_the_golden_share_of_2021(example_register: Path) -> None:
    """8 zones and 14 clusters are 2,063.8 ha = 0.450 % of former Hòa Bình."""
    found = share(example_register, "--on", OLD, "--stage", "established", "--basis", "published")
    assert round(found["numerator_ha"], 1) == 2063.8
    assert round(found["percent"], 3) == 0.450
    assert found["natural_area_ha"] == 459_057
    assert [(part["kind"], part["count"]) for part in found["components"]] == [
        ("kcn", 8),
        ("ccn", 14),
    ]
    assert found["synthetic"] is False


def test_the_golden_share_of_the_plan(example_register: Path) -> None:
    """8 zones and 33 clusters are 3,566.43 ha = 0.777 %, with 8 further zones 1.264 %."""
    found = share(example_register, "--on", "2024-12-31", "--stage", "planned")
    assert (found["numerator_ha"], round(found["percent"], 3)) == (3566.43, 0.777)
    assert round(found["gap_ha"], 2) == 1024.14
    further = found["further"][-1]
    assert round(further["cumulative_ha"], 2) == 5804.43
    assert round(further["cumulative_percent"], 3) == 1.264


def test_the_share_after_the_merger_stays_hoa_binhs(example_register: Path) -> None:
    """The target keeps its territory for ever; its date is past, and the answer says so."""
    found = share(example_register, "--on", "01/03/2026")
    assert found["territory"]["id"] == "hoa-binh"
    assert found["target"]["passed"] is True
    assert found["natural_area_ha"] == 459_057


def test_the_share_of_new_phu_tho_is_incomplete(example_register: Path) -> None:
    """Nobody published the clusters and zones of the new province by then: no number at all."""
    found = share(example_register, "--territory", "phu-tho", "--on", "2024-12-31")
    assert (found["complete"], found["numerator_ha"], found["percent"]) == (False, None, None)
    assert (found["known"], found["needed"]) == (0, 2)


def test_measured_shares_leave_synthetic_land_out(example_register: Path) -> None:
    """It is counted when asked for, and then the answer says so in words and in a flag."""
    measured = ("--on", "2024-12-31", "--basis", "measured")
    without = share(example_register, *measured)
    assert (without["synthetic"], without["known"], without["upper_ha"]) == (False, 0, None)
    counted = share(example_register, *measured, "--include-synthetic")
    assert counted["synthetic"] is True
    assert round(counted["upper_ha"], 2) == 2063.83
    assert "dữ liệu minh họa" in counted["note_vi"]


def test_a_share_as_it_was_known(example_register: Path) -> None:
    """Before the register was made it knew nothing; a time to come is now."""
    now = share(example_register)
    assert share(example_register, "--known-at", "2999-01-01") == now
    early = ccn_gis(
        "share", "--known-at", "2001-01-01", "--register", example_register,
        folder=example_register.parent,
    )  # fmt: skip
    assert (early.code, "[register.empty]" in early.err) == (1, True)


def test_the_share_in_words(example_register: Path) -> None:
    """The number comes first, then its parts, doubts and sources, in the reader's format."""
    arguments = ("share", "--on", OLD, "--register", example_register)
    folder = example_register.parent
    vi, en = (ccn_gis(*arguments, folder=folder, CCN_GIS_LANG=words).out for words in ("vi", "en"))
    assert re.fullmatch(r"0,450\s% \(2\.063,83\sha\)", vi.splitlines()[1])
    assert re.fullmatch(r"0\.450\s% \(2,063\.83\sha\)", en.splitlines()[1])
    assert "tại 31/12/2021" in vi
    assert "as of 31 Dec 2021" in en
    assert "baohoabinh.com.vn/en/5/6351" in vi


# --- balance and reconcile ------------------------------------------------------------------------


def test_the_balance_of_a_cluster(example_register: Path) -> None:
    """The classes, what none covers and the whole: the table adds up, and says what it rests on."""
    arguments = ("balance", "ccn-tien-tien", "--register", example_register)
    found = ccn_gis(*arguments, "--json", folder=example_register.parent).answer
    classes = sum(share["area_m2"] for share in found["planned"])
    assert classes + found["unclassified_m2"] - found["overlap_m2"] == pytest.approx(
        found["boundary_m2"], abs=0.05
    )
    assert found["synthetic"] is True
    said = ccn_gis(*arguments, folder=example_register.parent, CCN_GIS_LANG="en").out
    assert "as of 31 Dec 2024 · Synthetic data" in said
    assert re.search(r"Unclassified\s+│\s+0\.42\sha │", said)
    assert re.search(r"Whole cluster\s+│\s+70\.00\sha │\s+100\.00\s% │", said)


def test_the_balance_without_a_plan_is_undetermined(example_register: Path) -> None:
    """No approved plan: no table, no 0 %."""
    run = ccn_gis(
        "balance", "ccn-yen-mong", "--register", example_register, folder=example_register.parent
    )
    assert (run.code, run.err) == (0, "")
    assert "Không xác định: chưa có quy hoạch chi tiết được duyệt." in run.out
    assert "0,00" not in run.out


def test_the_report_is_beside_the_examples_sums(example_register: Path) -> None:
    """91.12 ha, 40 projects, 41.2 % and 3,597.46 bn VND, each published and computed."""
    found = ccn_gis(
        "reconcile", "--json", "--register", example_register, folder=example_register.parent
    ).answer
    rows = {
        row["indicator"]: (row["published"]["value"], row["computed"]["value"], row["agrees"])
        for row in found["rows"]
        if row["subject"] == "hoa-binh" and row["published"]["latest"] and row["kind"] == "ccn"
    }
    for indicator, value in {
        "leased_area": 91.12,
        "projects": 40,
        "mean_fill": 41.2,
        "registered_capital": 3597.46,
    }.items():
        published, computed, agrees = rows[indicator]
        assert published == value
        assert computed == pytest.approx(value, abs=0.01)
        assert agrees is True
    differing = [row for row in found["rows"] if row["agrees"] is False]
    assert all(row["difference"] for row in differing)
    assert differing


def test_every_conflict_is_told(example_register: Path) -> None:
    """What the sources contradict each other in is listed, in both languages."""
    with closing(sqlite3.connect(example_register)) as raw:
        titles = raw.execute("SELECT title_vi, title_en FROM conflict").fetchall()
    assert len(titles) >= 5
    arguments = ("reconcile", "--register", example_register)
    for place, words in enumerate(("vi", "en")):
        said = ccn_gis(*arguments, folder=example_register.parent, CCN_GIS_LANG=words).out
        assert [pair[place] for pair in titles if f"· {pair[place]}: " not in said] == []
        assert "14,00" not in said
        assert not re.search(r"(chưa có số liệu|no data)\s+\*", said)


def test_names_are_text_in_a_table(tmp_path: Path, example_copy: Path) -> None:
    """A name that looks like markup of the terminal library is printed letter by letter."""
    with closing(open_store(example_copy)) as store:
        da_bac = store.one(Cluster, "ccn-da-bac", store.present(ON))
        renamed = replace(da_bac.thing, name_vi="[/b]<x>")
        with store.transaction(by="test", action="test.rename") as transaction:
            transaction.put(Entry(renamed, Period(ON)))
    run = ccn_gis("reconcile", "--register", example_copy, folder=tmp_path)
    assert run.code == 0
    assert "│ [/b]<x>" in run.out


# --- bad questions and bad registers --------------------------------------------------------------

BAD_QUESTIONS = [
    (("share", "--on", "2024-13-45"), "value.date", 2),
    (("share", "--on", "31-12-2024x"), "value.date", 2),
    (("check", "--on", ""), "value.date", 2),
    (("share", "--stage", "guess"), "value.choice", 2),
    (("share", "--basis", "guess"), "value.choice", 2),
    (("share", "--territory", "atlantis"), "territory.unknown", 1),
    (("balance", "ccn-nowhere"), "cluster.unknown", 1),
    (("balance", "' OR 1=1 --x"), "cluster.unknown", 1),
    (("reconcile", "--on", "hôm qua"), "value.date", 2),
]


@pytest.mark.parametrize(("arguments", "code", "status"), BAD_QUESTIONS, ids=str)
def test_a_bad_question_is_refused(
    example_copy: Path, arguments: tuple[str, ...], code: str, status: int
) -> None:
    """Exit code, stable code, one sentence, and the register as it was."""
    before = example_copy.read_bytes()
    run = ccn_gis(*arguments, folder=example_copy.parent, CCN_GIS_REGISTER=str(example_copy))
    refused(run, code, status=status)
    assert example_copy.read_bytes() == before
    assert files(example_copy.parent) == [example_copy.name]


def test_refusals_speak_both_languages_and_json(example_register: Path) -> None:
    """Vietnamese first; English when asked; for programs the code and what it is about."""
    folder, bad = example_register.parent, ("balance", "ccn-tien-tin", "--register")
    vi = refused(ccn_gis(*bad, example_register, folder=folder), "cluster.unknown")
    english = ccn_gis(*bad, example_register, folder=folder, CCN_GIS_LANG="en_GB.UTF-8")
    assert vi.startswith("Không có cụm hay khu công nghiệp «ccn-tien-tin» trong sổ.")
    assert "holds no cluster" in refused(english, "cluster.unknown")
    program = process(*bad, example_register, "--json", folder=folder)
    body = json.loads(program.err)
    assert (program.code, program.out, body["code"]) == (1, "", "cluster.unknown")
    assert "ccn-tien-tien" in body["near"]


def broken_registers(example: Path, folder: Path) -> dict[str, str]:
    """Make files that are no good register; return their names with the code of each."""
    (folder / "text.gpkg").write_text("not a database", encoding="utf-8")
    (folder / "empty.gpkg").touch()
    with closing(sqlite3.connect(folder / "foreign.gpkg")) as raw:
        raw.execute("CREATE TABLE parcel (id TEXT)")
    newer = folder / "newer.gpkg"
    shutil.copyfile(example, newer)
    with closing(sqlite3.connect(newer)) as raw:
        raw.execute("INSERT INTO ccn_gis_gate VALUES ('forged')")
        raw.execute("UPDATE ccn_gis_register SET schema_version = 9999")
        raw.execute("DELETE FROM ccn_gis_gate")
        raw.commit()
    whole = example.read_bytes()
    (folder / "cut.gpkg").write_bytes(whole[: len(whole) // 2])
    return {
        "text.gpkg": "register.not_ours",
        "empty.gpkg": "register.not_ours",
        "foreign.gpkg": "register.not_ours",
        "newer.gpkg": "register.newer",
        "cut.gpkg": "register.corrupt",
        "missing.gpkg": "register.missing",
        "mysql://user:secret@host/land": "register.engine",
    }


def test_what_is_no_register_of_ours_is_refused_and_left_alone(
    example_register: Path, tmp_path: Path
) -> None:
    """Broken, foreign, newer, cut or missing: each has its code, and no file changes or appears."""
    registers = broken_registers(example_register, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for register, code in registers.items():
        said = refused(ccn_gis("share", "--register", register, folder=tmp_path), code)
        assert "secret" not in said
        if register not in {"missing.gpkg", "cut.gpkg"}:
            init = ccn_gis("init", "--register", register, folder=tmp_path)
            refused(init, code)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_option_goes_before_the_variable(example_register: Path, tmp_path: Path) -> None:
    """CCN_GIS_REGISTER names the register unless --register does; else it is register.gpkg."""
    folder = tmp_path
    elsewhere = process(
        "balance", "ccn-tien-tien", folder=folder, CCN_GIS_REGISTER=str(example_register)
    )
    assert elsewhere.code == 0
    by_option = ccn_gis("check", "--register", "x.gpkg", folder=folder, CCN_GIS_REGISTER="y.gpkg")
    assert "x.gpkg" in refused(by_option, "register.missing")
    assert "register.gpkg" in refused(ccn_gis("check", folder=folder), "register.missing")
    assert files(folder) == []


@pytest.mark.parametrize("arguments", [("share", "--no-such-option"), ("sell",), ("balance",)])
def test_a_malformed_command_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Usage goes to standard error; nothing is made."""
    run = ccn_gis(*arguments, folder=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert "Usage: " in run.err
    assert files(tmp_path) == []
