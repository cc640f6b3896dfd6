// @ts-check
/** The plots of a cluster as a table: what the map shows, for keyboard and screen reader. */
import { number } from "./format.js";
import { element, nameOf, text } from "./page.js";
import { plotState } from "./styles.js";

const byLabel = new Intl.Collator("vi", { numeric: true });

/** @param {Element} place @param {any[]} plots */
export function showPlots(place, plots) {
  const sorted = plots
    .map(({ properties }) => properties)
    .sort((one, other) => byLabel.compare(one.plot_label ?? "", other.plot_label ?? ""));
  const heads = ["plot", "state", "area_m2", "registered_m2", "end_year"].map((key, column) =>
    element("th", { scope: "col", class: column > 1 ? "num" : "" }, text(key)),
  );
  const head = element("thead", {}, element("tr", {}, ...heads));
  const table = element("table", {}, head, element("tbody", {}, ...sorted.map(row)));
  place.replaceChildren(
    sorted.length ? element("div", { class: "scroll-x" }, table) : text("no_data"),
  );
}

/** @param {any} plot */
function row(plot) {
  const state = plotState(plot.state);
  const numbers = [
    number(plot.area_m2, 1),
    number(plot.registered_area_m2, 1),
    plot.end_year === null ? "–" : String(plot.end_year),
  ];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, plot.plot_label ?? plot.id),
    element("td", {}, state ? nameOf(state) : text("no_data")),
    ...numbers.map((value) => element("td", { class: "num" }, value)),
  );
}
