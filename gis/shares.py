"""The share of a territory's natural land, answered from the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from gis.errors import NotFound
from gis.indicators.share import ShareAnswer, ShareQuestion, ShareValues, history, share
from gis.model import (
    Basis,
    Cluster,
    Figure,
    Moment,
    NaturalArea,
    Source,
    Stage,
    Target,
    Territory,
)
from gis.store import Shaped, Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryShare:
    """A share with its territory and the publications that it rests on, by id."""

    territory: Territory
    answer: ShareAnswer
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryHistory:
    """How the published share of a territory grew, oldest point first."""

    territory: Territory
    points: tuple[ShareAnswer, ...]
    sources: Mapping[str, Source]


def find_territory(store: Store, territory_id: str | None, moment: Moment) -> Territory:
    """Return a territory by its id; None asks for the register's own.

    A territory that has ended can still be asked about: a target belongs to it for ever.

    Raises:
        NotFound: ``territory.unknown``, or ``register.empty`` where the register has none.
    """
    known = {found.thing.id: found.thing for found in store.all(Territory, moment)}
    if not known:
        raise NotFound("register.empty")
    wanted = territory_id or store.setting("territory") or next(iter(known))
    if wanted not in known:
        raise NotFound("territory.unknown", value=wanted[:60], choices=", ".join(known))
    return known[wanted]


def territory_outline(
    store: Store, moment: Moment, *, territory_id: str | None = None
) -> Shaped[Territory]:
    """Return a territory with its outline, which is None where the register has none.

    Its quality says what the outline may be used for: a generalised one for drawing only.

    Raises:
        NotFound: ``territory.unknown`` or ``register.empty``.
    """
    territory = find_territory(store, territory_id, moment)
    return store.shaped(Territory, moment, cluster_id=territory.id)[0]


def territory_share(
    store: Store,
    moment: Moment,
    *,
    territory_id: str | None = None,
    stage: Stage = Stage.ESTABLISHED,
    basis: Basis = Basis.PUBLISHED,
    include_synthetic: bool = False,
) -> TerritoryShare:
    """Return which share of its natural land a territory's clusters and zones hold.

    Read from kept balances and figures: parcels are not looked at.

    Raises:
        NotFound: ``territory.unknown`` or ``register.empty``.
    """
    territory = find_territory(store, territory_id, moment)
    question = ShareQuestion(
        territory=territory,
        on=moment.on,
        stage=stage,
        basis=basis,
        include_synthetic=include_synthetic,
    )
    answer = share(question, _values(store, moment, basis))
    return TerritoryShare(territory=territory, answer=answer, sources=_sources(store, moment))


def territory_history(
    store: Store,
    moment: Moment,
    *,
    territory_id: str | None = None,
    stage: Stage = Stage.ESTABLISHED,
) -> TerritoryHistory:
    """Return the published shares up to a date, a point for each change.

    Raises:
        NotFound: ``territory.unknown`` or ``register.empty``.
    """
    territory = find_territory(store, territory_id, moment)
    question = ShareQuestion(territory=territory, on=moment.on, stage=stage)
    points = history(question, _values(store, moment, Basis.PUBLISHED))
    return TerritoryHistory(territory=territory, points=points, sources=_sources(store, moment))


def _values(store: Store, moment: Moment, basis: Basis) -> ShareValues:
    """Read what one basis answers from."""
    is_published, is_measured = basis is Basis.PUBLISHED, basis is Basis.MEASURED
    return ShareValues(
        figures=_things(store, Figure, moment) if is_published else (),
        natural_areas=_things(store, NaturalArea, moment),
        targets=_things(store, Target, moment),
        clusters=() if is_published else _things(store, Cluster, moment),
        balances=store.balances(moment) if is_measured else (),
    )


def _things(store: Store, cls: type[T], moment: Moment) -> list[T]:
    return [found.thing for found in store.all(cls, moment)]


def _sources(store: Store, moment: Moment) -> Mapping[str, Source]:
    return {source.id: source for source in _things(store, Source, moment)}
