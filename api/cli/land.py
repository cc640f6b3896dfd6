"""The commands that answer about land: ``share``, ``balance`` and ``reconcile``.

JSON is the body that the HTTP interface sends for the same question.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

import typer

from api.cli.opening import moment_asked, opened
from api.cli.output import print_json, print_table
from api.cli.speaking import language
from gis import content
from gis.clusters import ClusterBalance, cluster_balance
from gis.error_texts import Language
from gis.errors import InvalidValue
from gis.indicators.reconcile import ReconciliationRow
from gis.indicators.share import ShareAnswer, note_texts
from gis.model import Basis, ClusterKind, Figure, Stage
from gis.reconciliation import RegisterReconciliation, reconcile_register
from gis.shares import TerritoryShare, territory_share
from maps import formats
from maps.style import LAND_USES, PLOT_STATES, Style
from maps.texts import texts

E = TypeVar("E", bound=StrEnum)

#: Units of what is counted: whole numbers.
_COUNTED = ("clusters", "contracts", "investors", "persons", "plants", "projects")


def run_share(
    register: str,
    *,
    territory: str | None,
    on: str | None,
    known_at: str | None,
    stage: str,
    basis: str,
    include_synthetic: bool,
    as_json: bool,
) -> None:
    """Print which share of its natural land a territory's clusters and zones hold."""
    asked_stage, asked_basis = _choice(Stage, stage, "stage"), _choice(Basis, basis, "basis")
    with opened(register) as store:
        found = territory_share(
            store,
            moment_asked(store, on, known_at),
            territory_id=territory,
            stage=asked_stage,
            basis=asked_basis,
            include_synthetic=include_synthetic,
        )
        is_example = store.setting("is_example") == "1"
    if as_json:
        from api.schemas.shares import Share

        print_json(Share.of(found, example=is_example).model_dump(mode="json"))
    else:
        _print_share(found, language())


def run_balance(
    register: str, cluster: str, *, on: str | None, known_at: str | None, as_json: bool
) -> None:
    """Print a cluster's land balance."""
    with opened(register) as store:
        moment = moment_asked(store, on, known_at)
        found = cluster_balance(store, cluster, moment)
    if as_json:
        from api.schemas.balances import Balance

        print_json(Balance.of(found, on=moment.on).model_dump(mode="json"))
    else:
        _print_balance(found, formats.day(moment.on, language()), language())


def run_reconcile(register: str, *, on: str | None, known_at: str | None, as_json: bool) -> None:
    """Print published figures beside what the register adds up to."""
    with opened(register) as store:
        found = reconcile_register(store, moment_asked(store, on, known_at))
        is_example = store.setting("is_example") == "1"
    if as_json:
        from api.schemas.reconciliation import ReconciliationBody

        print_json(ReconciliationBody.of(found, example=is_example).model_dump(mode="json"))
    else:
        _print_reconciliation(found, language())


def _choice(choices: type[E], value: str, name: str) -> E:
    try:
        return choices(value)
    except ValueError:
        listed = ", ".join(choices)
        raise InvalidValue("value.choice", value=value[:40], name=name, choices=listed) from None


def _print_share(found: TerritoryShare, spoken: Language) -> None:
    answer, words = found.answer, texts(spoken)
    name = found.territory.name_vi if spoken == "vi" else found.territory.name_en
    stage, basis = words[f"stage_{answer.stage}"], words[f"basis_{answer.basis}"]
    on = words["as_of"].format(date=formats.day(answer.on, spoken))
    typer.echo(f"{words['gauge_title']} · {name} · {on} · {stage} · {basis}")
    typer.echo(_headline(answer, spoken))
    rows = [*_parts(answer, spoken), *_totals(answer, spoken)]
    print_table("", [words["figure"], words["value"]], rows)
    for further in answer.further:
        label = words["further"]
        total = formats.hectares(further.cumulative_ha, spoken)
        percent = formats.percent(further.cumulative_percent, spoken)
        area = formats.hectares(further.area_ha, spoken)
        count = further.figure.count
        what = f"{words['count_kcn'].format(n=count)}, {area}" if count else area
        typer.echo(f"{label}: {what} → {total} = {percent}")
    for note in note_texts(answer):
        typer.echo(f"· {note.vi if spoken == 'vi' else note.en}")
    for line in _sources(found, spoken):
        typer.echo(line)


def _headline(answer: ShareAnswer, spoken: Language) -> str:
    words = texts(spoken)
    if answer.percent is not None:
        total = formats.hectares(answer.numerator_ha, spoken)
        return f"{formats.percent(answer.percent, spoken)} ({total})"
    if answer.complete:
        low, high = (
            formats.percent(bound, spoken) for bound in (answer.lower_percent, answer.upper_percent)
        )
        return words["bounds"].format(low=low, high=high)
    known = words["incomplete_of"].format(known=answer.known, needed=answer.needed)
    return f"{words['incomplete']}: {known}"


def _parts(answer: ShareAnswer, spoken: Language) -> Iterable[tuple[str, str]]:
    words = texts(spoken)
    for part in answer.components:
        name = words[f"kind_{part.kind}"]
        if part.count is not None:
            name = words[f"count_{part.kind}"].format(n=part.count)
        if part.area_ha is not None:
            yield name, formats.hectares(part.area_ha, spoken)
        else:
            low = formats.number(part.lower_ha, 2, spoken)
            high = formats.hectares(part.upper_ha, spoken)
            yield name, words["bounds"].format(low=low, high=high)
    unknown = {missing.kind for missing in answer.missing if missing.cluster_id is None}
    for kind in (kind for kind in ClusterKind if kind in unknown):
        yield words[f"kind_{kind}"], formats.no_data(spoken)


def _totals(answer: ShareAnswer, spoken: Language) -> Iterable[tuple[str, str]]:
    words = texts(spoken)
    natural = answer.natural_area
    yield words["natural_area"], formats.hectares(natural.area_ha if natural else None, spoken)
    if answer.target is not None:
        target = answer.target.target
        due = formats.day(target.due, spoken)
        passed = f" ({words['target_passed']})" if answer.target.is_passed else ""
        yield words["target"], f"{formats.percent(target.percent, spoken, 0)} · {due}{passed}"
    if answer.gap_ha is not None:
        key = "gap" if answer.gap_ha >= 0 else "gap_met"
        yield words[key], formats.hectares(abs(answer.gap_ha), spoken)


def _sources(found: TerritoryShare, spoken: Language) -> Iterable[str]:
    words = texts(spoken)
    for part in found.answer.components:
        source = found.sources.get(part.figure.source_id) if part.figure else None
        if source is not None:
            where = f" ({source.reference})" if source.reference else ""
            yield f"{words['source']}: {words[f'kind_{part.kind}']}: {source.title}{where}"


def _print_balance(found: ClusterBalance, on: str, spoken: Language) -> None:
    words = texts(spoken)
    cluster = found.cluster
    name = cluster.name_vi if spoken == "vi" else cluster.name_en
    is_synthetic = found.balance is not None and found.balance.is_synthetic
    note = f" · {words['synthetic']}" if is_synthetic else ""
    typer.echo(f"{name} · {words['as_of'].format(date=on)}{note}")
    if not found.planned:
        typer.echo(words["balance_none"])
        return
    heads = ["", words["area"], words["share"]]
    planned = [
        _line(LAND_USES, share.land_use, share.area_m2, share.percent, spoken)
        for share in found.planned
    ]
    print_table(words["balance_planned"], heads, [*planned, *_rest_of_cluster(found, spoken)])
    print_table(
        words["balance_actual"],
        heads,
        [
            _line(PLOT_STATES, share.state, share.area_m2, share.percent, spoken)
            for share in found.actual
        ],
    )
    fill = None if found.fill is None else found.fill.percent
    said = words["undetermined"] if fill is None else formats.percent(fill, spoken, 2)
    typer.echo(f"{words['legal_fill']}: {said}")


def _rest_of_cluster(found: ClusterBalance, spoken: Language) -> Iterable[tuple[str, str, str]]:
    """Yield what no class of the plan covers and the whole, so that the table adds up."""
    words, kept = texts(spoken), found.balance
    whole = None if kept is None else kept.boundary_m2
    if kept is None or not whole:
        return
    for name, area in (("unclassified", kept.unclassified_m2), ("boundary", whole)):
        if area is not None:
            percent = formats.percent(100 * area / whole, spoken, 2)
            yield words[name], formats.hectares(area / 10_000, spoken), percent


def _line(
    looks: Iterable[Style], code: str, area_m2: float, percent: float | None, spoken: Language
) -> tuple[str, str, str]:
    look = next(style for style in looks if style.code == code)
    name = look.vi if spoken == "vi" else look.en
    area = formats.hectares(area_m2 / 10_000, spoken)
    return name, area, formats.percent(percent, spoken, 2)


def _print_reconciliation(found: RegisterReconciliation, spoken: Language) -> None:
    words = texts(spoken)
    heads = [
        words["figure"],
        words["reconcile_published"],
        words["reconcile_computed"],
        words["reconcile_difference"],
        words["reconcile_agrees"],
    ]
    rows: list[tuple[str, ...]] = []
    subject = None
    for row in found.reconciliation.rows:
        if not row.is_latest:
            continue
        if row.figure.subject_id != subject:
            subject = row.figure.subject_id
            rows.append((_subject_name(subject, found, spoken), "", "", "", ""))
        rows.append(_reconciled(row, spoken))
    print_table(words["reconcile_title"], heads, rows)
    typer.echo(words["reconcile_conflicts"])
    for conflict in found.reconciliation.conflicts:
        title = conflict.title_vi if spoken == "vi" else conflict.title_en
        text = conflict.text_vi if spoken == "vi" else conflict.text_en
        typer.echo(f"· {title}: {text}")


def _subject_name(subject_id: str, found: RegisterReconciliation, spoken: Language) -> str:
    subject = found.subjects.get(subject_id)
    if subject is None:
        return subject_id
    return subject.name_vi if spoken == "vi" else subject.name_en


def _reconciled(row: ReconciliationRow, spoken: Language) -> tuple[str, ...]:
    words = texts(spoken)
    figure, computed = row.figure, row.computed
    unit = words[f"unit_{figure.unit}"]
    digits = 0 if figure.unit in _COUNTED else 2
    is_marked = computed.is_synthetic and computed.value is not None
    verdict = "–" if row.agrees is None else words["agrees" if row.agrees else "differs"]
    return (
        f"  {_indicator_name(figure, spoken)}",
        formats.with_unit(figure.value, digits, unit, spoken),
        formats.number(computed.value, digits, spoken) + (" *" if is_marked else ""),
        formats.number(row.difference, digits, spoken),
        verdict,
    )


def _indicator_name(figure: Figure, spoken: Language) -> str:
    known = next(one for one in content.indicators() if one.code == figure.indicator)
    name = known.name_vi if spoken == "vi" else known.name_en
    words = texts(spoken)
    marks = [
        figure.kind.upper() if figure.kind else "",
        words.get(f"stage_{figure.stage}", "").lower(),
    ]
    said = ", ".join(mark for mark in marks if mark)
    return f"{name} ({said})" if said else name
