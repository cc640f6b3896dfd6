"""Published figures beside what the register adds up to (đối chiếu số công bố – số đo)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from gis.indicators.reconcile import Computed, Reconciliation, reconcile
from gis.indicators.totals import RegisterValues, register_totals
from gis.model import (
    Cluster,
    Conflict,
    DeveloperAppointment,
    Figure,
    InfrastructureState,
    InfrastructureWork,
    Lease,
    Moment,
    Project,
    Source,
    Territory,
    WastewaterPlant,
)
from gis.store import Store

T = TypeVar("T")

#: Sums of this many projects and more are public; of fewer they would name somebody.
PUBLIC_FROM_PROJECTS: Final = 3
_OF_PROJECTS: Final = ("registered_capital", "jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReconciliation:
    """A reconciliation with what its ids stand for."""

    reconciliation: Reconciliation
    figures: Mapping[str, Figure]
    sources: Mapping[str, Source]
    subjects: Mapping[str, Cluster | Territory]


def reconcile_register(store: Store, moment: Moment) -> RegisterReconciliation:
    """Set every figure known on a date beside the register's own value of the same thing.

    Capital and jobs are computed only where the subject has three projects or more: what is
    computed here is public.
    """
    figures = _things(store, Figure, moment)
    territories = _things(store, Territory, moment)
    clusters = _things(store, Cluster, moment)
    values = RegisterValues(
        on=moment.on,
        territories=territories,
        clusters=clusters,
        balances=store.balances(moment),
        projects=_things(store, Project, moment),
        leases=_things(store, Lease, moment),
        infrastructure=_things(store, InfrastructureState, moment),
        works=_things(store, InfrastructureWork, moment),
        plants=_things(store, WastewaterPlant, moment),
        developers=_things(store, DeveloperAppointment, moment),
        is_example=store.setting("is_example") == "1",
    )
    subjects: list[Cluster | Territory] = [*territories, *clusters]
    found = reconcile(
        figures,
        public_totals(register_totals(values)),
        moment.on,
        _things(store, Conflict, moment),
    )
    return RegisterReconciliation(
        reconciliation=found,
        figures={figure.id: figure for figure in figures},
        sources={source.id: source for source in _things(store, Source, moment)},
        subjects={subject.id: subject for subject in subjects},
    )


def public_totals(computed: Iterable[Computed]) -> tuple[Computed, ...]:
    """Return computed values without sums over so few projects that they would name one."""
    values = tuple(computed)
    counts = {
        (value.subject_id, value.kind): value.value or 0.0
        for value in values
        if value.indicator == "projects"
    }
    return tuple(
        replace(value, value=None)
        if value.indicator in _OF_PROJECTS
        and counts.get((value.subject_id, value.kind), 0.0) < PUBLIC_FROM_PROJECTS
        else value
        for value in values
    )


def _things(store: Store, cls: type[T], moment: Moment) -> list[T]:
    return [found.thing for found in store.all(cls, moment)]
