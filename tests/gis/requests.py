"""Requests and mandates for the tests of use cases."""

from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from gis.mandates import Mandate
from gis.model import Decision
from gis.surveyed import Surveyed
from tests.gis.registers import EPSG


def decided(on: date | None, name: str = "QD-1", *, by: str = "acc-1") -> Mandate:
    """Return an account's mandate by a new decision of a day."""
    decision = Decision(id=name, number=f"{name}/QĐ-UBND", on=on, issuer="UBND tỉnh", title=name)
    return Mandate(by=by, decision=decision)


def surveyed(shape: BaseGeometry, epsg: int = EPSG) -> Surveyed:
    """Return a shape as it is sent."""
    polygons = tuple(
        tuple(tuple((x, y) for x, y in ring.coords) for ring in (part.exterior, *part.interiors))
        for part in shapely.get_parts(shape)
    )
    return Surveyed(epsg=epsg, polygons=polygons)
