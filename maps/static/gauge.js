// @ts-check
/** The gauge: how much of its natural land a territory's zones and clusters hold, and the target. */
import { gaugeAnswer } from "./gauge-answer.js";
import { shareHistory } from "./gauge-history.js";
import { askOn, element, nameOf, sayFailed, text } from "./page.js";

const CHOICES = {
  stage: ["planned", "established", "cleared", "leased"],
  basis: ["published", "approved", "measured"],
};

/** @typedef {{ stage: string, basis: string }} Asked */

/**
 * Fill the gauge and keep it in step with its two choices.
 * @param {HTMLElement} place
 * @param {{ given?: Record<string, string | null>, changed?: (asked: Asked) => void }} [state]
 */
export function showGauge(place, { given = {}, changed = () => undefined } = {}) {
  const asked = { stage: known("stage", given), basis: known("basis", given) };
  const answer = element("div", { class: "gauge-answer", "aria-live": "polite" });
  const choices = element("div", { class: "gauge-choice" }, choice("stage"), choice("basis"));
  place.querySelector(".waiting")?.remove();
  place.append(choices, answer);

  async function refresh() {
    place.setAttribute("aria-busy", "true");
    try {
      const found = await askOn("/province/share", asked);
      answer.replaceChildren(...gaugeAnswer(found), shareHistory(asked.stage));
      const name = document.getElementById("territory");
      if (name) name.textContent = nameOf(found.territory);
    } catch (error) {
      sayFailed(answer, error, refresh);
    }
    place.removeAttribute("aria-busy");
  }

  /** @param {"stage" | "basis"} name */
  function choice(name) {
    const printed = element("span", { class: "printed" }, text(`${name}_${asked[name]}`));
    const select = /** @type {HTMLSelectElement} */ (element("select", { name }));
    for (const code of CHOICES[name])
      select.append(element("option", { value: code }, text(`${name}_${code}`)));
    select.value = asked[name];
    select.addEventListener("change", () => {
      asked[name] = select.value;
      printed.textContent = text(`${name}_${select.value}`);
      changed(asked);
      refresh();
    });
    return element("label", {}, element("span", {}, text(name)), select, printed);
  }

  return refresh();
}

/** What the address asks for, if it can be asked, else the gauge's own. @param {"stage" | "basis"} name @param {Record<string, string | null>} given */
function known(name, given) {
  const wanted = given[name] ?? "";
  if (CHOICES[name].includes(wanted)) return wanted;
  return name === "stage" ? "established" : "published";
}
