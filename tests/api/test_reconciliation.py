"""``/api/reconciliation`` and ``/api/rules`` over the example register."""

from typing import Any

import pytest

from tests.api.client import Client


@pytest.fixture(scope="module")
def answer(client: Client) -> dict[str, Any]:
    """Return the example's reconciliation."""
    found: dict[str, Any] = client.json("/api/reconciliation")
    return found


@pytest.mark.parametrize(
    ("indicator", "published"),
    [
        ("leased_area", 91.12),
        ("projects", 40),
        ("mean_fill", 41.2),
        ("registered_capital", 3597.46),
    ],
)
def test_the_reports_totals_stand_beside_the_examples_sums(
    answer: dict[str, Any], indicator: str, published: float
) -> None:
    """Each agrees within what the published number's precision allows, and is marked."""
    rows = [
        row
        for row in answer["rows"]
        if (row["subject"], row["indicator"], row["published"]["value"])
        == ("hoa-binh", indicator, published)
    ]
    assert len(rows) == 1
    assert rows[0]["agrees"]
    assert abs(rows[0]["difference"]) <= rows[0]["tolerance"]
    assert rows[0]["computed"]["synthetic"]
    assert rows[0]["published"]["source"]["title"]


def test_what_differs_is_told(answer: dict[str, Any]) -> None:
    """A residual is a row with its difference; nothing is made to agree."""
    differing = [row for row in answer["rows"] if row["agrees"] is False]
    assert differing
    for row in differing:
        assert row["difference"] == pytest.approx(
            row["computed"]["value"] - row["published"]["value"], abs=1e-5
        )


def test_every_conflict_is_listed_with_its_figures(answer: dict[str, Any]) -> None:
    """The conflicts of the sources are shown, not hidden."""
    conflicts = {conflict["id"]: conflict for conflict in answer["conflicts"]}
    assert {"three-units", "14-or-16", "722-less-556", "phu-thanh-ii-third", "vuot"} <= set(
        conflicts
    )
    units = {figure["id"] for figure in conflicts["three-units"]["figures"]}
    assert units == {"tt-leases", "lt-investors-2025", "rp-projects"}


def test_an_early_date_knows_fewer_rows(client: Client, answer: dict[str, Any]) -> None:
    """Only figures known on the date are compared."""
    assert len(client.json("/api/reconciliation?on=2019-01-01")["rows"]) < len(answer["rows"])


def test_rules_change_with_the_law(client: Client) -> None:
    """Decree 303/2026 replaces 32/2024 on 15 Sep 2026, and is marked as not verified."""
    versions = {}
    for on in ("2026-09-14", "2026-09-15"):
        rules = client.json(f"/api/rules?on={on}")["rules"]
        sizes = [rule for rule in rules if rule["id"] == "cluster.size.min"]
        versions[on] = {(rule["version"], rule["scope"], rule["value"]) for rule in sizes}
        assert all(rule["source"]["title"] and rule["citation"] for rule in rules)
    assert versions["2026-09-14"] == {
        ("32/2024", "general", 10.0),
        ("32/2024", "mountain", 5.0),
        ("32/2024", "craft_village", 5.0),
    }
    assert versions["2026-09-15"] == {("303/2026", "general", 5.0)}
