"""How the land is shown: styles, layers, pages and tiles. Knows `gis`, and nothing of HTTP."""
