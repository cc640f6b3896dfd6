// @ts-check
/** The list of clusters and zones beside the map: the same content for keyboard and screen reader. */
import { fold, number } from "./format.js";
import { element, nameOf, text } from "./page.js";
import { fillOf, kindOf, swatch } from "./styles.js";

/** @typedef {{ id: string, geometry: unknown, properties: any }} Feature */

const COLUMNS = /** @type {const} */ ([
  { key: "name", order: (/** @type {any} */ p) => fold(nameOf(p)) },
  { key: "area", order: (/** @type {any} */ p) => p.approved_area_ha ?? p.measured_area_ha ?? -1 },
  { key: "fill", order: (/** @type {any} */ p) => p.legal_fill_percent ?? -1 },
]);

/**
 * Show the list; `choose` is told which one a person picked.
 * @param {HTMLElement} place
 * @param {Feature[]} features
 * @param {(id: string) => void} choose
 */
export function showList(place, features, choose) {
  const wanted = { words: "", kind: "", column: 0, down: false };
  /** Rows are made once, so that sorting and choosing leave the keyboard where it is. */
  const rows = new Map(features.map((feature) => [feature.id, row(feature, choose)]));
  const body = element("tbody");
  const count = place.querySelector(".count");
  place.querySelector(".waiting")?.remove();
  place.append(
    finder(wanted, draw),
    element("div", { class: "list-scroll" }, table(wanted, body, draw)),
  );

  function draw() {
    const shown = arranged(features, wanted);
    body.replaceChildren(...shown.map(({ id }) => /** @type {Element} */ (rows.get(id))));
    if (!shown.length) {
      const said = element("td", { colspan: "4", class: "unknown" }, text("list_none"));
      body.append(element("tr", {}, said));
    }
    if (count)
      count.textContent = text("list_count", { shown: shown.length, all: features.length });
  }

  draw();
  return {
    /** Mark one as chosen and bring it into view. @param {string} id */
    mark(id) {
      for (const [other, shown] of rows) {
        if (other === id) shown.setAttribute("aria-current", "true");
        else shown.removeAttribute("aria-current");
      }
      rows.get(id)?.scrollIntoView({ block: "nearest" });
    },
  };
}

/** @param {Feature[]} features @param {{ words: string, kind: string, column: number, down: boolean }} wanted */
function arranged(features, wanted) {
  const words = fold(wanted.words.trim());
  const { order } = COLUMNS[wanted.column];
  const kept = features.filter(({ id, properties: p }) => {
    const names = fold(
      `${p.name_vi} ${p.name_en} ${p.legacy_district_name ?? ""} ${p.current_commune_name ?? ""} ${id}`,
    );
    return names.includes(words) && (!wanted.kind || p.kind === wanted.kind);
  });
  kept.sort((one, other) => {
    const [a, b] = [order(one.properties), order(other.properties)];
    const sign = a < b ? -1 : a > b ? 1 : 0;
    return wanted.down ? -sign : sign;
  });
  return kept;
}

/** @param {any} wanted @param {() => void} draw */
function finder(wanted, draw) {
  const input = /** @type {HTMLInputElement} */ (
    element("input", { type: "search", placeholder: text("search"), "aria-label": text("search") })
  );
  input.addEventListener("input", () => {
    wanted.words = input.value;
    draw();
  });
  const select = /** @type {HTMLSelectElement} */ (
    element("select", { "aria-label": text("kinds") })
  );
  for (const kind of ["", "ccn", "kcn"])
    select.append(element("option", { value: kind }, text(`filter_${kind || "all"}`)));
  select.addEventListener("change", () => {
    wanted.kind = select.value;
    draw();
  });
  return element("div", { class: "list-find" }, input, select);
}

/** @param {any} wanted @param {Element} body @param {() => void} draw */
function table(wanted, body, draw) {
  const heads = COLUMNS.map(({ key }, column) => {
    const button = element("button", { type: "button" }, text(`col_${key}`));
    button.addEventListener("click", () => {
      wanted.down = wanted.column === column ? !wanted.down : column > 0;
      wanted.column = column;
      for (const head of heads) head.removeAttribute("aria-sort");
      heads[column].setAttribute("aria-sort", wanted.down ? "descending" : "ascending");
      draw();
    });
    const attributes = column
      ? { class: "num", scope: "col" }
      : { colspan: "2", scope: "col", "aria-sort": "ascending" };
    return element("th", attributes, button);
  });
  return element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);
}

/** @param {Feature} feature @param {(id: string) => void} choose */
function row({ id, geometry, properties: p }, choose) {
  const button = element("button", { type: "button", "data-id": id }, nameOf(p));
  button.addEventListener("click", () => choose(id));
  const place = p.current_commune_name ?? p.legacy_commune_name ?? p.legacy_district_name;
  const about = [text(`short_${p.kind}`), place, geometry ? null : text("no_shape")];
  const kind = element("span", { class: "kind" }, about.filter(Boolean).join(" · "));
  const { line, symbol } = kindOf(p.kind);
  const fill = geometry ? fillOf(p.legal_fill_percent) : "none";
  const sample = swatch({ fill, line, symbol, dashed: !geometry });
  return element(
    "tr",
    {},
    element("td", { class: "sample" }, sample),
    element("td", {}, button, kind),
    areaCell(p),
    fillCell(p),
  );
}

/** The published area only: that of a made-up boundary is no fact. @param {any} p */
function areaCell(p) {
  if (p.approved_area_ha !== null)
    return element("td", { class: "num" }, number(p.approved_area_ha, 2));
  return element("td", { class: "num unknown" }, text("no_data"));
}

/** @param {any} p */
function fillCell(p) {
  if (p.legal_fill_percent !== null)
    return element("td", { class: "num" }, number(p.legal_fill_percent, 1));
  return element("td", { class: "num unknown" }, text("undetermined"));
}
