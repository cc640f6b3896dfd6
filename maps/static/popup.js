// @ts-check
/** What a click on land says: built from text nodes only, so that no name can become markup. */
import { dayBounds, hectares, number, percent, squareMetres } from "./format.js";
import { config, element, nameOf, pageLink, text } from "./page.js";
import { landUse, plotState } from "./styles.js";

/** @param {[string, string][]} rows */
function facts(rows) {
  return element(
    "dl",
    {},
    ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}

const synthetic = () => element("p", {}, element("span", { class: "tag" }, text("synthetic")));

/** @param {any} cluster */
export function clusterPopup(cluster) {
  const fill = cluster.legal_fill_percent;
  const place = cluster.current_commune_name ?? cluster.legacy_commune_name;
  return element(
    "div",
    { class: "popup" },
    element("h3", {}, nameOf(cluster)),
    element("small", {}, `${text(`kind_${cluster.kind}`)}${place ? ` · ${place}` : ""}`),
    facts([
      [text("approved_area"), hectares(cluster.approved_area_ha)],
      [text("measured_area"), hectares(cluster.measured_area_ha)],
      [text("legal_fill"), fill === null ? text("undetermined") : percent(fill, 2)],
      [text("leased_area"), hectares(cluster.leased_area_ha)],
      [text("projects"), number(cluster.projects, 0)],
      [text("founded"), dayBounds(cluster.founded)],
    ]),
    cluster.synthetic ? synthetic() : null,
    pageOf(cluster),
  );
}

/** The link to a cluster's page: in another window from a portal, none from a notebook. @param {any} cluster */
function pageOf({ id }) {
  if (config.view === "notebook") return null;
  const elsewhere = config.view === "embed" ? { target: "_blank", rel: "noopener" } : {};
  const href = pageLink(`/clusters/${encodeURIComponent(id)}`);
  return element("p", {}, element("a", { href, ...elsewhere }, text("details")));
}

/** @param {any} plot */
export function plotPopup(plot) {
  const state = plotState(plot.state);
  const paper =
    plot.sheet && plot.number
      ? text("sheet_number", { sheet: plot.sheet, number: plot.number })
      : null;
  return element(
    "div",
    { class: "popup" },
    element("h3", {}, `${text("plot")} ${plot.plot_label ?? "–"}`),
    paper ? element("small", {}, paper) : null,
    facts([
      [text("state"), state ? nameOf(state) : text("no_data")],
      [text("area"), squareMetres(plot.area_m2)],
      [text("registered_area"), squareMetres(plot.registered_area_m2)],
    ]),
    plot.end_year ? element("p", {}, text("plot_until", { year: plot.end_year })) : null,
    plot.quality === "synthetic" ? synthetic() : null,
  );
}

/** @param {any} area */
export function planPopup(area) {
  const use = landUse(area.land_use);
  const title = area.layer === "serving" ? text("serving") : use ? nameOf(use) : text("no_data");
  return element(
    "div",
    { class: "popup" },
    element("h3", {}, title),
    area.label ? element("small", {}, area.label) : null,
    facts([[text("area"), squareMetres(area.area_m2)]]),
    area.quality === "synthetic" ? synthetic() : null,
  );
}
