"""Column types of the register, each in the form that its engine wants.

Text is compared by bytes on every engine, whole numbers have 64 bits, and a time is text of fixed
width, so that answers, their order and hashes are the same everywhere.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from gis.store.instants import instant_text
from gis.store.shapes import LayerShape, from_ewkb_hex, from_gpb, to_ewkb_hex, to_gpb

TEXT: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WHOLE: Final = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
_WGS84: Final = 4326


class Instant(sa.types.TypeDecorator[datetime]):
    """A UTC time to the microsecond as text of fixed width, so that text order is time order."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> str | None:
        """Write the instant as text."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> datetime | None:
        """Read the text as an instant."""
        return None if value is None else datetime.fromisoformat(str(value))


class _GeoPackageShape(sa.types.UserDefinedType[LayerShape]):
    """A shape as GeoPackage binary; the declared type of its column is the geometry's name."""

    cache_ok = True

    def __init__(self, geometry: str) -> None:
        self.geometry = geometry

    def get_col_spec(self, **_options: Any) -> str:
        return self.geometry

    def bind_processor(self, _dialect: sa.Dialect) -> Any:
        return lambda shape: None if shape is None else to_gpb(shape, _WGS84)

    def result_processor(self, _dialect: sa.Dialect, _coltype: object) -> Any:
        return from_gpb


class _PostgisShape(sa.types.UserDefinedType[LayerShape]):
    """A shape as PostGIS's geometry."""

    cache_ok = True

    def __init__(self, geometry: str) -> None:
        self.geometry = geometry

    def get_col_spec(self, **_options: Any) -> str:
        return f"geometry({self.geometry}, {_WGS84})"

    def bind_processor(self, _dialect: sa.Dialect) -> Any:
        return lambda shape: None if shape is None else to_ewkb_hex(shape, _WGS84)

    def result_processor(self, _dialect: sa.Dialect, _coltype: object) -> Any:
        return from_ewkb_hex


def shape_type(geometry: str) -> sa.types.TypeEngine[Any]:
    """Return the type of a layer's WGS84 shapes; values are `gis.store.shapes.LayerShape`."""
    return _GeoPackageShape(geometry).with_variant(_PostgisShape(geometry), "postgresql")


#: The column type of each Python type of the model.
SQL_TYPES: Final[Mapping[type, Any]] = MappingProxyType(
    {str: TEXT, int: WHOLE, float: sa.Double(), bool: sa.Boolean(), date: sa.Date()}
)
