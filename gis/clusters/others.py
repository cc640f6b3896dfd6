"""What the register knows of a cluster's neighbours and of its own use, for the rules."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from gis.indicators.fill import legal_fill, mean_fill
from gis.model import Cluster, ClusterKind, InfrastructureState, LandBalance, Moment
from gis.rules import rule
from gis.store import Reader

T = TypeVar("T")

_M2_PER_HA: Final = 10_000
#: The rule whose scope says among which neighbours one looks: district, later commune.
_AMONG: Final = "cluster.found.mean_fill_min"


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """The clusters founded by a date in the place of another; None is not known.

    ``mean_fill_percent`` is their leased and approved land over their industrial land.
    """

    exist: bool | None = None
    mean_fill_percent: float | None = None
    unleased_ha: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnUse:
    """How far a cluster's industrial land is taken, and whether its infrastructure is done."""

    fill_percent: float | None = None
    remaining_ha: float | None = None
    is_infrastructure_done: bool | None = None


def known_first(of_register: T | None, told: T | None) -> T | None:
    """Return what the register knows of a fact, else what a request tells of it."""
    return told if of_register is None else of_register


def others_of(reader: Reader, cluster: Cluster, on: date) -> Others:
    """Return what the register knows of the other clusters where a cluster is to be founded.

    That place is the legacy district, from 15 Sep 2026 the present commune. One cluster whose
    fill is undetermined leaves the mean unknown, and one whose place is unknown leaves it open
    whether there are others where none is seen.

    Source: Decree 32/2024/NĐ-CP Art 8.1c; Decree 303/2026/NĐ-CP.
    """
    moment = Moment(on)
    used = rule(_AMONG, on)
    field = "current_commune" if used is None or used.scope == "commune" else "legacy_district"
    place = getattr(cluster, field)
    founded = [
        found.thing
        for found in reader.all(Cluster, moment)
        if found.thing.id != cluster.id
        and found.thing.kind is ClusterKind.CCN
        and found.thing.founded.surely_by(on)
    ]
    here = [other.id for other in founded if place is not None and getattr(other, field) == place]
    if here:
        return _numbers(here, reader.balances(moment))
    is_sure = place is not None and all(getattr(other, field) is not None for other in founded)
    return Others(exist=False if is_sure else None)


def _numbers(ids: Sequence[str], balances: Sequence[LandBalance]) -> Others:
    kept = [balance for balance in balances if balance.cluster_id in ids]
    fills = [legal_fill(balance) for balance in kept]
    if len(kept) < len(ids) or any(fill.percent is None for fill in fills):
        return Others(exist=True)
    vacant = [balance.vacant_m2 or 0.0 for balance in kept]
    return Others(
        exist=True,
        mean_fill_percent=mean_fill(fills, ids).ratio_of_sums_percent,
        unleased_ha=math.fsum(vacant) / _M2_PER_HA,
    )


def own_use(reader: Reader, cluster_id: str, on: date) -> OwnUse:
    """Return what the register knows of a cluster's own use on a date."""
    moment = Moment(on)
    balance = reader.balance(cluster_id, moment)
    states = [
        found.thing for found in reader.all(InfrastructureState, moment, cluster_id=cluster_id)
    ]
    latest = max(
        (state for state in states if state.on is None or state.on <= on),
        key=lambda state: (state.on or date.min, state.id),
        default=None,
    )
    vacant = None if balance is None else balance.vacant_m2
    return OwnUse(
        fill_percent=None if balance is None else legal_fill(balance).percent,
        remaining_ha=None if vacant is None else vacant / _M2_PER_HA,
        is_infrastructure_done=None if latest is None else latest.is_complete,
    )
