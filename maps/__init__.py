"""How the land is shown: styles, layers, pages and tiles. Knows `gis`, and nothing of HTTP.

``maps.cluster_map`` gives the map of a notebook. folium is loaded when it is asked for, so that
the command line, which only formats numbers with `maps.formats`, does not wait for it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maps.notebook import ForeignAddressError, cluster_map

__all__ = ["ForeignAddressError", "cluster_map"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from maps import notebook  # noqa: PLC0415 - see above

        return getattr(notebook, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
