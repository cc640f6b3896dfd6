// @ts-check
/** How the published share grew, asked for when a person wants to see it. */
import { day, hectares, percent } from "./format.js";
import { askOn, element, sayFailed, text } from "./page.js";

/** @param {string} stage */
export function shareHistory(stage) {
  const place = element("div", {});
  const details = /** @type {HTMLDetailsElement} */ (
    element("details", {}, element("summary", {}, text("history")), place)
  );

  async function fill() {
    if (!details.open || place.querySelector("table")) return;
    try {
      const { points } = await askOn("/province/history", { stage });
      place.replaceChildren(points.length ? table(points) : text("no_data"));
    } catch (error) {
      sayFailed(place, error, fill);
    }
  }

  details.addEventListener("toggle", fill);
  return details;
}

/** @param {any[]} points */
function table(points) {
  const rows = points.map(({ on, total_ha, percent: share }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, day(on)),
      element("td", { class: "num" }, hectares(total_ha)),
      element("td", { class: "num" }, percent(share)),
    ),
  );
  return element("table", { class: "gauge-parts" }, element("tbody", {}, ...rows));
}
