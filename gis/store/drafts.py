"""The draft layers, which everybody may write: their tables, as every engine makes them."""

from typing import Final

import sqlalchemy as sa

from gis.store.column_types import TEXT, WHOLE, shape_type
from gis.store.kinds import KINDS

_TEXTS: Final = ("cluster_id", "label", "land_code", "note", "drawn_by")

#: One for each kind with a draft; what people added in QGIS besides these columns is theirs.
DRAFTS: Final = tuple(
    sa.Table(
        f"draft_{kind.table}",
        sa.MetaData(),
        sa.Column("fid", WHOLE, primary_key=True),
        sa.Column("geom", shape_type(kind.geometry)),
        *(sa.Column(name, TEXT) for name in _TEXTS),
    )
    for kind in KINDS
    if kind.draft and kind.geometry is not None
)
