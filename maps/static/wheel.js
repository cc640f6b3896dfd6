// @ts-check
/** The wheel belongs to the page around a map, until a person means the map. */
import { element, text } from "./page.js";

const HINT_MS = 1200;

/**
 * Let the wheel scroll the page: with Ctrl, or once the map was clicked into, it zooms.
 * Leaflet listens from the moment it is told to, so it is told before the wheel arrives there.
 * @param {any} map
 */
export function leaveWheelToPage(map) {
  const container = map.getContainer();
  const hint = element("p", { class: "wheel-hint", "aria-hidden": "true" }, text("wheel_hint"));
  container.append(hint);
  let timer = 0;

  /** @param {WheelEvent} event */
  function follow(event) {
    const isMeant = event.ctrlKey || event.metaKey || container.contains(document.activeElement);
    if (isMeant) map.scrollWheelZoom.enable();
    else map.scrollWheelZoom.disable();
    hint.classList.toggle(
      "shown",
      !isMeant && container.contains(/** @type {Node} */ (event.target)),
    );
    clearTimeout(timer);
    timer = setTimeout(() => hint.classList.remove("shown"), HINT_MS);
  }

  document.addEventListener("wheel", follow, { capture: true, passive: true });
}
