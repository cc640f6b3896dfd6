"""What the example has to add up to: ``data/content/example_calibration.csv``, one row a cluster.

The table was worked out for the example from the published totals; what it gives a cluster
beyond a sourced number is synthetic and says so. A test takes the generated register apart and
compares it with each row.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from gis import content
from gis.model import Cluster, ClusterKind
from gis.resources import data_dir

#: The day whose state the example shows.
EXAMPLE_ON: Final = date(2024, 12, 31)
#: The legal VN-2000 zone of former Hòa Bình.
EPSG: Final = 9211

#: Areas of the two zones for which no source gives one (ha): the eight make 1,507.43 together.
SYNTHETIC_ZONES_HA: Final = {"kcn-mong-hoa": 240.00, "kcn-yen-quang": 202.92}


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """One cluster's share of the example's sums.

    ``industrial_m2`` is None where the cluster has no detailed plan. ``is_area_sourced`` says
    that a publication gives the cluster's area. Capital and output are in billion VND.
    """

    cluster_id: str
    area_m2: float
    is_area_sourced: bool
    industrial_m2: float | None
    leased_m2: float
    projects: int
    leases: int
    capital_bn_vnd: float
    jobs: int
    output_bn_vnd: float
    has_developer: bool


#: The table's short name of a cluster whose name in the register is longer.
_LONG_NAMES: Final = {"Môi trường CNC Hòa Bình": "Môi trường công nghệ cao Hòa Bình"}


@cache
def calibration() -> tuple[Calibration, ...]:
    """Read the fourteen rows, in the table's order."""
    ids = {
        cluster.name_vi: cluster.id
        for cluster in content.clusters()
        if cluster.kind is ClusterKind.CCN
    }
    path = data_dir() / "content" / "example_calibration.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return tuple(
        Calibration(
            cluster_id=ids[_LONG_NAMES.get(row["cluster"], row["cluster"])],
            area_m2=_m2(row["area_ha"]),
            is_area_sourced=row["area_src"] == "S",
            industrial_m2=_m2(row["industrial_ha"]) if row["industrial_ha"] else None,
            leased_m2=_m2(row["leased_ha"]),
            projects=int(row["projects"]),
            leases=int(row["leases"]),
            capital_bn_vnd=float(row["capital_bn"]),
            jobs=int(row["jobs_2023"]),
            output_bn_vnd=float(row["output_bn_2023"]),
            has_developer=row["developer"] == "yes",
        )
        for row in rows
    )


@cache
def zone_areas_m2() -> dict[str, float]:
    """Return the area of each zone: the sourced one, or the example's where no source has one."""
    return {
        zone.id: round(10_000 * (zone.approved_area_ha or SYNTHETIC_ZONES_HA[zone.id]), 1)
        for zone in content.clusters()
        if zone.kind is ClusterKind.KCN
    }


@cache
def real_clusters() -> dict[str, Cluster]:
    """Return the real records of clusters and zones by id."""
    return {cluster.id: cluster for cluster in content.clusters()}


def _m2(hectares: str) -> float:
    return round(float(hectares) * 10_000, 1)
