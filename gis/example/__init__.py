"""The example register: synthetic land that adds up to the published totals of 31/12/2024.

Deterministic: the same bytes on every machine, from ``data/content/example_calibration.csv``, the
tables in `gis.example.sites` and `gis.example.courses`, and hashes of names. The guide
(``docs/guide/example.md``) says what is sourced and what is made up.
"""

from gis.example.calibration import EXAMPLE_ON
from gis.example.register import example_entries, load_example

__all__ = ["EXAMPLE_ON", "example_entries", "load_example"]
