"""How large the registers are that the benchmarks work on. Imports nothing heavy."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RegisterSize:
    """So many clusters, each with rows × columns plots and a road after every second row."""

    clusters: int
    rows: int
    columns: int

    @property
    def parcels(self) -> int:
        """Return how many parcels that makes."""
        return self.clusters * (self.rows * self.columns + self.rows // 2)

    def __str__(self) -> str:
        return f"{self.clusters}x{self.rows}x{self.columns}"


#: 100 000 parcels in 1 000 clusters.
COUNTRY: Final = RegisterSize(clusters=1000, rows=8, columns=12)
#: A province's 20 clusters with 1 000, 10 000 and 100 000 parcels.
PROVINCES: Final = (
    RegisterSize(clusters=20, rows=4, columns=12),
    RegisterSize(clusters=20, rows=40, columns=12),
    RegisterSize(clusters=20, rows=80, columns=62),
)
#: 10 000 parcels in 100 clusters.
LOAD: Final = RegisterSize(clusters=100, rows=8, columns=12)
