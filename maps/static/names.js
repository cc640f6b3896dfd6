// @ts-check
/** Names on the map: each beside its land, the larger land's first, none over another. */
import { element } from "./page.js";

const L = /** @type {any} */ (globalThis).L;
const GAP = 3;

/**
 * @typedef {{ name: string, weight: number, center: any, reach: (map: any) => number[] }} Named
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

/**
 * Write names and keep them in place; one that finds no room is left out until there is some.
 * @param {any} map
 * @param {Named[]} things
 */
export function addNames(map, things) {
  const pane = map.getPane("names");
  pane.classList.add("leaflet-zoom-hide");
  const written = [...things]
    .sort((one, other) => other.weight - one.weight)
    .map((thing) => {
      const label = element("span", { class: "place-name", "aria-hidden": "true" }, thing.name);
      pane.append(label);
      return { ...thing, label, size: [label.offsetWidth, label.offsetHeight] };
    });

  function place() {
    const spots = written.map(({ center, reach }) => {
      const { x, y } = map.latLngToLayerPoint(center);
      const [across, up] = reach(map);
      return { left: x - across, right: x + across, top: y - up, bottom: y + up };
    });
    const taken = [...spots];
    const view = viewOf(map);
    written.forEach(({ label, size }, index) => {
      const free = boxesAround(spots[index], size).filter((box) => !taken.some(meets(box)));
      const found = free.find(isInside(view)) ?? free[0];
      label.hidden = !found;
      if (!found) return;
      taken.push(found);
      L.DomUtil.setPosition(label, L.point(found.left, found.top).round());
    });
  }

  map.on("zoomend viewreset resize", place);
  place();
}

/** Where a name may stand: right, left, below, above. @param {Box} spot @param {number[]} size @returns {Box[]} */
function boxesAround(spot, [width, height]) {
  const x = (spot.left + spot.right - width) / 2;
  const y = (spot.top + spot.bottom - height) / 2;
  const corners = [
    [spot.right + GAP, y],
    [spot.left - GAP - width, y],
    [x, spot.bottom + 1],
    [x, spot.top - 1 - height],
  ];
  return corners.map(([left, top]) => ({ left, top, right: left + width, bottom: top + height }));
}

/** What of the plane can be seen. @param {any} map @returns {Box} */
function viewOf(map) {
  const { x: left, y: top } = map.containerPointToLayerPoint([0, 0]);
  const { x: width, y: height } = map.getSize();
  return { left, top, right: left + width, bottom: top + height };
}

/** @param {Box} view */
const isInside = (view) => (/** @type {Box} */ box) =>
  box.left >= view.left &&
  box.right <= view.right &&
  box.top >= view.top &&
  box.bottom <= view.bottom;

/** @param {Box} box */
const meets = (box) => (/** @type {Box} */ other) =>
  box.left < other.right &&
  other.left < box.right &&
  box.top < other.bottom &&
  other.top < box.bottom;
