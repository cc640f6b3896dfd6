"""What a cluster's page says: facts with date, basis and source, and three numbers never mixed."""

from dataclasses import dataclass
from datetime import date

from gis import content
from gis.clusters import ClusterBalance, ClusterDetail
from gis.model import (
    ClusterKind,
    Confidence,
    Figure,
    PlanStatus,
    Quality,
    Source,
    Stage,
    WastewaterPlant,
)
from maps.words import Words

#: Trust in a record that is shown as a doubt beside it.
_DOUBTS = (Confidence.INFERRED, Confidence.RECOLLECTION, Confidence.UNVERIFIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of the facts: what, how much, of when, on what basis and from where.

    An empty ``on``, ``basis`` or ``source`` is not said; ``is_known`` is False for "no data".
    """

    name: str
    value: str
    on: str = ""
    basis: str = ""
    source: str = ""
    is_known: bool = True
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """A published figure: number, the words as published, date, source and trust in it."""

    name: str
    value: str
    verbatim: str
    when: str
    source: str
    reference: str
    confidence: str


def is_synthetic(detail: ClusterDetail) -> bool:
    """Say whether the boundary or the balance of a cluster is made up."""
    balance = detail.view.balance
    quality = detail.view.cluster.quality
    return quality is Quality.SYNTHETIC or (balance is not None and balance.is_synthetic)


def cluster_facts(detail: ClusterDetail, on: date, words: Words) -> list[Fact]:
    """Return the facts of a cluster on a date, what is unknown among them."""
    return [
        _place(detail, words),
        _founded(detail, words),
        _stage(detail, on, words),
        _plan_status(detail, words),
        _approved_area(detail, words),
        _measured_area(detail, words),
        _industrial_land(detail, on, words),
        _leased(detail, on, words),
        _projects(detail, on, words),
        _developer(detail, words),
        _infrastructure(detail, words),
        *(_wastewater(plant, detail, words) for plant in detail.wastewater),
    ]


def three_numbers(detail: ClusterDetail, balance: ClusterBalance, words: Words) -> list[Fact]:
    """Return the three numbers that people call "fill rate", each under its own name.

    None is shown as another (DOMAIN §1 point 3); only attainment may exceed 100 %, and its words
    are those of the publication.
    """
    view, fill = detail.view, balance.fill
    made_up = is_synthetic(detail)
    percent = None if fill is None else fill.percent
    over = view.leased_over_area_percent
    reason = words["fill_no_plan" if fill is None else f"fill_{fill.reason or 'rule'}"]
    return [
        Fact(
            name=words["legal_fill"],
            value=words["undetermined"] if percent is None else words.percent(percent),
            basis=words["fill_rule"] if percent is not None else reason,
            is_known=percent is not None,
            is_synthetic=made_up and percent is not None,
        ),
        Fact(
            name=words["leased_over_area"],
            value=words.percent(over),
            basis=words["leased_over_area_rule"],
            is_known=over is not None,
            is_synthetic=made_up and over is not None,
        ),
        _attainment(detail, words),
    ]


def published_row(figure: Figure, source: Source | None, words: Words) -> PublishedRow:
    """Return a published figure as a row."""
    known = {one.code: one for one in content.indicators()}.get(figure.indicator)
    is_made_up = figure.confidence is Confidence.SYNTHETIC
    title = "" if source is None else source.title
    return PublishedRow(
        name=figure.indicator if known is None else words.choose(known.name_vi, known.name_en),
        value=_figure_value(figure, words),
        verbatim="" if figure.value is None else figure.verbatim or "",
        when=words.bounds(figure.as_of),
        source=words["synthetic"] if is_made_up else title,
        reference="" if source is None else source.reference or "",
        confidence=words[f"confidence_{figure.confidence}"],
    )


def _figure_value(figure: Figure, words: Words) -> str:
    """Return the number with its unit, or the words where only words were published."""
    if figure.value is None:
        return figure.verbatim or words["no_data"]
    digits = 0 if float(figure.value).is_integer() and figure.unit != "ha" else 2
    unit = words[f"unit_{figure.unit}"]
    return f"{words.number(figure.value, digits)} {unit}"


def _fact(
    name: str,
    value: str | None,
    words: Words,
    *,
    on: str = "",
    basis: str = "",
    source: str = "",
    made_up: bool = False,
) -> Fact:
    """Return a fact, or "no data" with nothing said about it."""
    if value is None:
        return Fact(name=name, value=words["no_data"], is_known=False)
    return Fact(name=name, value=value, on=on, basis=basis, source=source, is_synthetic=made_up)


def _record_source(detail: ClusterDetail) -> str:
    source = detail.sources.get(detail.view.cluster.source_id or "")
    return "" if source is None else source.title


def _doubt(confidence: Confidence | None, words: Words) -> str:
    return words[f"confidence_{confidence}"] if confidence in _DOUBTS else ""


def _place(detail: ClusterDetail, words: Words) -> Fact:
    view = detail.view
    legacy = [unit.name_vi for unit in (view.legacy_commune, view.legacy_district) if unit]
    value = ", ".join(legacy) or None
    if value and view.current_commune:
        value += f" ({words.said('place_now', place=view.current_commune.name_vi)})"
    doubt = _doubt(view.cluster.place_confidence, words)
    return _fact(words["place"], value, words, basis=doubt, source=_record_source(detail))


def _founded(detail: ClusterDetail, words: Words) -> Fact:
    founded = detail.view.cluster.founded
    value = words.bounds(founded) if founded.is_known else None
    return _fact(words["founded"], value, words, source=_record_source(detail))


def _stage(detail: ClusterDetail, on: date, words: Words) -> Fact:
    sure, possible = detail.view.stage, detail.view.stage_at_most
    value = None if sure is None and possible is None else _stage_words(sure, possible, words)
    return _fact(words["stage"], value, words, on=words.day(on), basis=words["basis_derived"])


def _stage_words(sure: Stage | None, possible: Stage | None, words: Words) -> str:
    if sure == possible and sure is not None:
        return words[f"stage_{sure}"]
    low = words["no_data"] if sure is None else words[f"stage_{sure}"]
    high = words["no_data"] if possible is None else words[f"stage_{possible}"]
    return words.said("stage_between", low=low, high=high)


def _plan_status(detail: ClusterDetail, words: Words) -> Fact:
    status: PlanStatus | None = detail.view.cluster.plan_status
    value = None if status is None else words[f"plan_{status}"]
    return _fact(words["plan_2030"], value, words, source=_record_source(detail))


def _approved_area(detail: ClusterDetail, words: Words) -> Fact:
    cluster, source = detail.view.cluster, detail.view.area_source
    area = cluster.approved_area_ha
    doubt = _doubt(cluster.approved_area_confidence, words)
    return _fact(
        words["approved_area"],
        None if area is None else words.hectares(area),
        words,
        on=words.day(cluster.approved_area_on) if cluster.approved_area_on else "",
        basis=", ".join(filter(None, (words["basis_said_published"], doubt))),
        source="" if source is None else source.title,
    )


def _measured_area(detail: ClusterDetail, words: Words) -> Fact:
    area = detail.view.measured_m2
    quality = detail.view.cluster.quality
    basis = words["basis_said_measured"]
    if quality is not None:
        basis += f" ({words[f'quality_{quality}']})"
    value = None if area is None else words.in_hectares(area)
    made_up = is_synthetic(detail)
    return _fact(words["measured_area"], value, words, basis=basis, made_up=made_up)


def _industrial_land(detail: ClusterDetail, on: date, words: Words) -> Fact:
    fill, plan = detail.view.fill, detail.plan
    area = None if fill is None else fill.industrial_m2
    approved = "" if plan is None or plan.approved_on is None else words.day(plan.approved_on)
    return _fact(
        words["industrial_area"],
        None if area is None else words.in_hectares(area),
        words,
        on=words.day(on),
        basis=words.said("basis_said_plan", day=approved) if approved else "",
        made_up=is_synthetic(detail),
    )


def _leased(detail: ClusterDetail, on: date, words: Words) -> Fact:
    area = detail.view.let_m2
    value = None if area is None else words.in_hectares(area)
    return _fact(
        words["leased_area"],
        value,
        words,
        on=words.day(on),
        basis=words["basis_said_leases"],
        made_up=is_synthetic(detail),
    )


def _projects(detail: ClusterDetail, on: date, words: Words) -> Fact:
    count = detail.view.projects
    value = None if count is None else words.number(count)
    return _fact(
        words["projects"],
        value,
        words,
        on=words.day(on),
        basis=words["basis_said_register"],
        made_up=is_synthetic(detail),
    )


def _developer(detail: ClusterDetail, words: Words) -> Fact:
    appointment = detail.appointment
    if appointment is None:
        return _fact(words["developer"], None, words)
    start, last = appointment.term.start, appointment.term.last_day
    value = words["developer_known"]
    if start and last:
        value = words.said("developer_term", first=start.year, last=last.year)
    basis = words["basis_said_register"]
    made_up = is_synthetic(detail)
    return _fact(words["developer"], value, words, basis=basis, made_up=made_up)


def _infrastructure(detail: ClusterDetail, words: Words) -> Fact:
    state = detail.infrastructure
    if state is None:
        return _fact(words["infrastructure"], None, words)
    source = detail.sources.get(state.source_id or "")
    return _fact(
        words["infrastructure"],
        words["yes" if state.is_complete else "no"],
        words,
        on=words.day(state.on) if state.on else "",
        basis=words["basis_said_published"] if source else words["basis_said_register"],
        source="" if source is None else source.title,
    )


def _wastewater(plant: WastewaterPlant, detail: ClusterDetail, words: Words) -> Fact:
    said = [words[f"waste_{plant.state}"]]
    if plant.stage:
        said.insert(0, words.said("waste_stage", stage=plant.stage))
    if plant.capacity_m3_day is not None:
        said.append(f"{words.number(plant.capacity_m3_day)} {words['unit_m3_per_day']}")
    source = detail.sources.get(plant.source_id or "")
    title = "" if source is None else source.title
    return _fact(words["wastewater"], ", ".join(said), words, source=title)


def _attainment(detail: ClusterDetail, words: Words) -> Fact:
    figure = detail.view.attainment
    if figure is None or not figure.verbatim:
        basis = words["attainment_rule"]
        return Fact(name=words["attainment"], value=words["no_data"], basis=basis, is_known=False)
    source = next((found for one, found in detail.figures if one.id == figure.id), None)
    return Fact(
        name=words["attainment"],
        value=f"“{figure.verbatim}”",
        on=words.bounds(figure.as_of),
        basis=words["attainment_rule"],
        source="" if source is None else source.title,
    )


def kind_name(kind: ClusterKind, words: Words) -> str:
    """Return what a cluster or zone is called before its name."""
    return words[f"kind_of_{kind}"]
