"""How the land is shown: styles, layers, pages and tiles. Knows `gis`, and nothing of HTTP."""

from maps.notebook import ForeignAddressError, cluster_map

__all__ = ["ForeignAddressError", "cluster_map"]
