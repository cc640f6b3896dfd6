"""The example's land: each cluster's boundary, plan, plots and serving land, on the millimetre.

Drawn, set down at its commune, rounded and tuned: the boundary, the industrial land and the let
plots have the calibration's areas to a fraction of the registers' 0.1 m².
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from gis.example.calibration import Calibration, calibration, zone_areas_m2
from gis.example.coverage import Coverage, rounded
from gis.example.layout import Layout, draw_plan
from gis.example.outline import Frame, draw_outline, one_polygon
from gis.example.plots import cut_plots, let_plots
from gis.example.sites import SITES, Site, frame_of
from gis.model import LandUse, ServingPurpose

#: Serving land: width along the road, depth, in metres, and how far it lies from the boundary.
_SERVING_M: Final = {
    ServingPurpose.WORKERS_HOUSING: (150.0, 90.0),
    ServingPurpose.KINDERGARTEN: (60.0, 50.0),
    ServingPurpose.CULTURE_HOUSE: (45.0, 50.0),
}
_SERVING_AWAY_M: Final = 60.0
_GREEN: Final = "CX-02"


@dataclass(frozen=True, slots=True)
class PlanPiece:
    """A plan area: its class, its label on the plan and its shape in the zone."""

    label: str
    land_use: LandUse
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class PlotPiece:
    """An industrial plot: its label, shape, block row and whether it is let on the day."""

    label: str
    shape: Polygon
    row: int
    is_let: bool


@dataclass(frozen=True, slots=True)
class ServingPiece:
    """Land outside the boundary that serves the cluster."""

    purpose: ServingPurpose
    shape: Polygon


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterLand:
    """Everything of one cluster or zone that has a shape, in EPSG:9211."""

    cluster_id: str
    boundary: Polygon
    areas: tuple[PlanPiece, ...] = ()
    plots: tuple[PlotPiece, ...] = ()
    serving: tuple[ServingPiece, ...] = ()


@cache
def cluster_lands() -> tuple[ClusterLand, ...]:
    """Draw the fourteen clusters, in the calibration's order."""
    return tuple(_draw(row, SITES[row.cluster_id]) for row in calibration())


@cache
def zone_lands() -> tuple[ClusterLand, ...]:
    """Draw the eight zones: boundaries only, no plan and no parcels."""
    return tuple(
        ClusterLand(cluster_id=zone_id, boundary=_boundary_alone(zone_id, area_m2, SITES[zone_id]))
        for zone_id, area_m2 in zone_areas_m2().items()
    )


def _draw(row: Calibration, site: Site) -> ClusterLand:
    if site.plan is None or row.industrial_m2 is None:
        boundary = _boundary_alone(row.cluster_id, row.area_m2, site)
        return ClusterLand(cluster_id=row.cluster_id, boundary=boundary)
    outline = draw_outline(row.cluster_id, row.area_m2, site.form)
    layout = draw_plan(row.cluster_id, outline, row.industrial_m2, site.plan)
    plots = cut_plots(row.cluster_id, layout.blocks, site.plot_m2)
    let_plots(row.cluster_id, plots, row.leased_m2, site.plot_m2)
    labels = [f"CN-{number:02d}" for number in range(1, len(plots) + 1)]
    frame = frame_of(row.cluster_id)
    drawn = layout.shapes | dict(zip(labels, (plot.shape for plot in plots), strict=True))
    coverage = Coverage.of({name: frame.to_zone(shape) for name, shape in drawn.items()})
    let = [label for label, plot in zip(labels, plots, strict=True) if plot.is_let]
    _tune(coverage, row, labels, let)
    return ClusterLand(
        cluster_id=row.cluster_id,
        boundary=one_polygon(coverage.union(drawn)),
        areas=_areas(coverage, layout),
        plots=tuple(
            PlotPiece(label, one_polygon(coverage.shape(label)), plot.row, plot.is_let)
            for label, plot in zip(labels, plots, strict=True)
        ),
        serving=tuple(_serving(outline, site, frame)),
    )


def _tune(coverage: Coverage, row: Calibration, plots: list[str], let: list[str]) -> None:
    """Set border stones until boundary, industrial land and let plots have their areas."""
    everything = list(coverage.rings)
    coverage.set_stone(everything, (), row.area_m2 - coverage.area_m2(everything))
    industrial_m2 = row.industrial_m2 or 0.0
    coverage.set_stone(plots, [_GREEN], industrial_m2 - coverage.area_m2(plots))
    if let:
        vacant = sorted(set(plots) - set(let))
        coverage.set_stone(let, vacant, row.leased_m2 - coverage.area_m2(let))


def _areas(coverage: Coverage, layout: Layout) -> tuple[PlanPiece, ...]:
    return tuple(
        PlanPiece(name, land_use, coverage.shape(name))
        for name, land_use in layout.classes.items()
        if land_use is not None
    )


def _boundary_alone(cluster_id: str, area_m2: float, site: Site) -> Polygon:
    outline = frame_of(cluster_id).to_zone(draw_outline(cluster_id, area_m2, site.form))
    coverage = Coverage.of({cluster_id: outline})
    coverage.set_stone([cluster_id], (), area_m2 - coverage.area_m2([cluster_id]))
    return one_polygon(coverage.shape(cluster_id))


def _serving(outline: Polygon, site: Site, frame: Frame) -> list[ServingPiece]:
    """Lay serving land beside the road that leads to the gate, one lot after the other."""
    west = outline.bounds[0] - _SERVING_AWAY_M
    pieces = []
    along = 30.0
    for purpose in site.serving:
        width, depth = _SERVING_M[purpose]
        lot = frame.to_zone(shapely.box(west - depth, along, west, along + width))
        pieces.append(ServingPiece(purpose, one_polygon(rounded(lot))))
        along += width + 20.0
    return pieces
