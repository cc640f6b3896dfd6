"""Shares of the natural land over HTTP: the golden answers of the issue and their conditions."""

import pytest

from tests.api.client import Client


def test_the_share_of_2021(client: Client) -> None:
    """8 zones and 14 clusters: 2,063.8 ha, 0.450 % of former Hòa Bình."""
    share = client.json("/api/province/share?on=2021-12-31&stage=established&basis=published")
    assert share["numerator_ha"] == pytest.approx(2063.83)
    assert share["percent"] == pytest.approx(0.450, abs=0.0005)
    assert share["gap_ha"] == pytest.approx(2526.74)
    assert share["complete"]
    assert not share["synthetic"]
    assert [part["kind"] for part in share["components"]] == ["kcn", "ccn"]
    assert all(part["source"]["title"] for part in share["components"])
    assert share["natural_area"]["source"]["title"]


def test_the_share_of_the_plan(client: Client) -> None:
    """8 zones and 33 clusters 0.777 %; only with 8 further zones 1.264 %."""
    share = client.json("/api/province/share?on=2024-12-31&stage=planned")
    assert share["numerator_ha"] == pytest.approx(3566.43)
    assert share["percent"] == pytest.approx(0.777, abs=0.0005)
    (further,) = share["further"]
    assert further["cumulative_percent"] == pytest.approx(1.264, abs=0.0005)
    assert further["label_vi"] == "8 khu công nghiệp dự kiến bổ sung"
    assert share["gap_ha"] == pytest.approx(1024.14)


def test_today_the_territory_is_still_former_hoa_binh(client: Client) -> None:
    """After the merger and the target's date the answer is the same territory's, and says so."""
    share = client.json("/api/province/share?on=2026-11-24")
    assert share["territory"]["id"] == "hoa-binh"
    assert share["territory"]["exists_to"] == "2025-07-01"
    assert share["target"] | {"source": None} == {
        "percent": 1.0,
        "due": "2025-12-31",
        "passed": True,
        "needed_ha": pytest.approx(4590.57),
        "numerator": "kcn+ccn",
        "verbatim": None,
        "source": None,
    }
    assert {"target_passed", "territory_ended"} <= set(share["notes"])
    assert "Thời hạn của chỉ tiêu đã qua." in share["note_vi"]
    assert "The target's date is past." in share["note_en"]


def test_new_phu_tho_is_incomplete(client: Client) -> None:
    """Its zones are not known: no percentage, but a lower bound and "1 of 2 known"."""
    share = client.json("/api/province/share?territory=phu-tho&on=2026-01-01")
    assert (share["complete"], share["percent"], share["numerator_ha"]) == (False, None, None)
    assert (share["known"], share["needed"]) == (1, 2)
    assert share["missing"] == [{"kind": "kcn", "cluster": None, "reason": "no_figure"}]
    assert share["lower_ha"] == 3000
    assert "1 of 2" in share["note_en"]


def test_synthetic_land_counts_only_where_it_is_asked_for(client: Client) -> None:
    """Measured, the example has nothing real; asked for, it adds up and is marked."""
    real = client.json("/api/province/share?basis=measured")
    assert (real["numerator_ha"], real["synthetic"], real["synthetic_note"]) == (None, False, None)
    assert {part["reason"] for part in real["missing"]} == {"synthetic"}
    made_up = client.json("/api/province/share?basis=measured&include_synthetic=true")
    assert made_up["synthetic"]
    assert made_up["synthetic_note"]["vi"]
    assert made_up["upper_ha"] == pytest.approx(2063.83, abs=0.01)


def test_the_default_answer_rests_on_no_synthetic_land(client: Client) -> None:
    """Neither the default share nor any published one changes with synthetic data asked for."""
    for stage in ("planned", "established"):
        plain, asked = (
            client.json(f"/api/province/share?stage={stage}&include_synthetic={answer}")
            for answer in ("false", "true")
        )
        assert plain == asked


def test_decisions_list_the_clusters_without_one(client: Client) -> None:
    """On the approved basis each cluster without a decided area is named."""
    share = client.json("/api/province/share?basis=approved")
    assert not share["complete"]
    assert {"ccn-tien-tien", "ccn-yen-mong"} <= {part["cluster"] for part in share["missing"]}


def test_history_grows_with_the_figures(client: Client) -> None:
    """A point for each new published total, oldest first."""
    history = client.json("/api/province/history?on=2025-12-31")
    assert [(point["on"], point["ccn_ha"]) for point in history["points"]] == [
        ("2021-12-31", 556.4),
        ("2023-06-30", 683.0),
        ("2025-03-31", 722.0),
    ]
    assert history["points"][0]["percent"] == pytest.approx(0.450, abs=0.0005)
    assert client.json("/api/province/history?on=2020-01-01")["points"] == []


def test_the_outline_is_for_drawing(client: Client) -> None:
    """Former Hòa Bình has a generalised outline, other territories none."""
    outline = client.json("/api/province/outline")
    assert outline["properties"]["quality"] == "generalised"
    assert outline["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert client.json("/api/province/outline?territory=lac-son")["geometry"] is None
