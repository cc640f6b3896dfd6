// @ts-check
/** Numbers and dates as people read them: the same as `maps/formats.py`, held to it by a test. */
import { config, text } from "./page.js";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * A number with thousands marks and a fixed count of decimals, rounded half up on its digits.
 * @param {number | null | undefined} value
 * @param {number} digits
 */
export function number(value, digits, language = config.language) {
  if (value === null || value === undefined) return text("no_data");
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const english = new Intl.NumberFormat("en-US", decimals).format(Math.abs(value));
  const written = language === "vi" ? english.replace(/[,.]/g, exchanged) : english;
  return value < 0 && /[1-9]/.test(written) ? `\u2212${written}` : written;
}

/** @param {string} mark */
const exchanged = (mark) => (mark === "," ? "." : ",");

/** @param {number | null | undefined} value @param {number} digits @param {string} unit */
function withUnit(value, digits, unit) {
  const written = number(value, digits);
  return value === null || value === undefined ? written : `${written} ${unit}`;
}

/** @param {number | null | undefined} value */
export const hectares = (value) => withUnit(value, 2, "ha");
/** @param {number | null | undefined} value */
export const squareMetres = (value) => withUnit(value, 1, "m²");
/** @param {number | null | undefined} value */
export const percent = (value, digits = 3) => withUnit(value, digits, "%");

/** @param {string | null | undefined} iso */
export function day(iso, language = config.language) {
  if (!iso) return text("no_data");
  const [year, month, date] = iso.split("-").map(Number);
  if (language === "vi")
    return `${String(date).padStart(2, "0")}/${String(month).padStart(2, "0")}/${year}`;
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

/**
 * A date known within bounds; a whole year reads as the year.
 * @param {{ earliest: string | null, latest: string | null } | null | undefined} bounds
 */
export function dayBounds(bounds) {
  if (!bounds || (!bounds.earliest && !bounds.latest)) return text("no_data");
  if (bounds.earliest === bounds.latest) return day(bounds.latest);
  const [low, high] = [bounds.earliest ?? "", bounds.latest ?? ""];
  if (low.slice(0, 4) === high.slice(0, 4) && low.endsWith("-01-01") && high.endsWith("-12-31"))
    return low.slice(0, 4);
  return text("founded_between", { low: low ? day(low) : "…", high: high ? day(high) : "…" });
}

/**
 * Text for comparison: without case, diacritics and the bar of đ.
 * @param {string} words
 */
export function fold(words) {
  return words.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}
