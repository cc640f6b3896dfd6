// @ts-check
/** What the server told this page, words in its language, and asking the service for land. */

/**
 * @typedef {{ code: string, vi: string, en: string, fill: string, line: string, pattern: string | null, dashed: boolean,
 *   symbol: string | null }} Style
 * @typedef {{ low: number, high: number, fill: string }} FillClass
 * @typedef {{ language: "vi" | "en", on: string, isDefaultDate: boolean, territory: string | null, exampleOn: string | null,
 *   base: string, publicUrl: string, view: string, cluster?: string | null, layers?: string[],
 *   styles: { land_uses: Style[], plot_states: Style[], serving: Style, fill_classes: FillClass[], no_data: Style,
 *     kinds: Style[], qualities: Style[], outline: Style },
 *   texts: Record<string, string> }} PageConfig
 */

/** @type {PageConfig} */
export const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");

/**
 * A text of the page, with its places filled.
 * @param {string} key
 * @param {Record<string, string | number>} [facts]
 */
export function text(key, facts = {}) {
  return (config.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) =>
    String(facts[name] ?? whole),
  );
}

/**
 * The name of a thing or style in the page's language.
 * @param {{ vi?: string, en?: string, name_vi?: string, name_en?: string }} named
 */
export function nameOf(named) {
  return (
    (config.language === "en" ? (named.en ?? named.name_en) : (named.vi ?? named.name_vi)) ?? ""
  );
}

/**
 * Ask the service in the page's language.
 * @param {string} path
 * @param {Record<string, string | number>} [query]
 */
export async function ask(path, query = {}) {
  const asked = new URLSearchParams({ lang: config.language });
  for (const [name, value] of Object.entries(query)) asked.set(name, String(value));
  const answer = await fetch(`${config.base}/api${path}?${asked}`, { credentials: "omit" });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail ?? String(answer.status));
  return body;
}

/**
 * Ask about the date of the page.
 * @param {string} path
 * @param {Record<string, string | number>} [query]
 */
export const askOn = (path, query = {}) => ask(path, { on: config.on, ...query });

/**
 * The address of one of our pages, keeping language and date.
 * @param {string} path
 */
export function pageLink(path) {
  const asked = new URLSearchParams();
  if (config.language === "en") asked.set("lang", "en");
  if (!config.isDefaultDate) asked.set("on", config.on);
  const query = asked.toString();
  return `${config.base}${path}${query ? `?${query}` : ""}`;
}

/**
 * Make an element; text is always text, never markup. An undefined attribute is left out.
 * @param {string} name
 * @param {Record<string, string | undefined>} [attributes]
 * @param {...(Node | string | null)} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an SVG element. An undefined attribute is left out.
 * @param {string} name
 * @param {Record<string, string | number | undefined>} [attributes]
 * @param {...(Node | string)} children
 */
export function drawing(name, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/**
 * Say in a place of the page that something could not be loaded, and offer to try again.
 * @param {Element} place
 * @param {unknown} error
 * @param {() => void} again
 */
export function sayFailed(place, error, again) {
  const reason = error instanceof Error ? error.message : String(error);
  const button = element("button", { type: "button" }, text("retry"));
  button.addEventListener("click", again);
  const said = element(
    "p",
    { class: "error", role: "alert" },
    text("failed", { reason }),
    " ",
    button,
  );
  place.querySelector(".waiting, .error")?.remove();
  place.append(said);
}
