"""The one geometry of our features: a region, or nothing."""

from typing import Annotated, Any, Literal

from pydantic import Field

from api.schemas.base import Body

Coordinates = Annotated[list[Any], Field(description="WGS84 degrees, 7 digits (5.6 mm).")]


class Geometry(Body):
    """A region in WGS84."""

    type: Literal["Polygon", "MultiPolygon"]
    coordinates: Coordinates
