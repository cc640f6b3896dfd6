"""The ways in: HTTP and the command line. Knows `maps` and `gis`."""
