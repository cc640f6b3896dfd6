// @ts-check
/** The layers of the map, each fetched by its address and drawn in the shared styles. */
import { ask, askOn, config, nameOf } from "./page.js";
import { clusterPopup, planPopup, plotPopup } from "./popup.js";
import { clusterStyle, hatchPattern, landUse, pathOf, plotState } from "./styles.js";

/** Zoom from which the plots in view are drawn. */
export const PLOT_ZOOM = 14;
/** Zoom below which a boundary is too small to see, and a dot stands for it. */
const DOT_ZOOM = 11.5;
const MOST_PLOTS = 2000;
const NAME_ZOOM = 9.5;

/** Leaflet is loaded as a plain script, before this module. */
const L = /** @type {any} */ (globalThis).L;

/** @param {any} map */
export function prepare(map) {
  map.attributionControl.setPrefix(false);
  map.setMinZoom(7);
  map.setMaxZoom(19);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  for (const [name, order] of Object.entries({
    outline: 350,
    plan: 410,
    clusters: 420,
    plots: 430,
  })) {
    map.createPane(name).style.zIndex = String(order);
  }
}

/** Put the hatch into the SVG of a pane once it is there. @param {any} map @param {string} pane */
function addHatch(map, pane) {
  const root = map.getPane(pane).querySelector("svg");
  if (root && !root.querySelector("pattern")) root.prepend(hatchPattern());
}

/** @param {any} map */
export async function addOutline(map) {
  const outline = await ask("/province/outline");
  const { fill, line } = config.styles.outline;
  const look = { color: line, weight: 1.5, fillColor: fill, fillOpacity: 1, interactive: false };
  return L.geoJSON(outline, { pane: "outline", style: look }).addTo(map);
}

/**
 * Draw clusters and zones; `chosen` is told of clicks.
 * @param {any} map
 * @param {any} collection
 * @param {(id: string) => void} chosen
 */
export function addClusters(map, collection, chosen) {
  /** @type {Map<string, any>} */
  const byId = new Map();
  const layer = L.geoJSON(collection, {
    pane: "clusters",
    filter: (/** @type {any} */ feature) => feature.geometry !== null,
    style: (/** @type {any} */ feature) => clusterStyle(feature.properties),
    onEachFeature: (/** @type {any} */ feature, /** @type {any} */ shape) => {
      byId.set(feature.id, shape);
      shape.bindPopup(() => clusterPopup(feature.properties));
      shape.bindTooltip(() => document.createTextNode(nameOf(feature.properties)), {
        sticky: true,
      });
      shape.on("click", () => chosen(feature.id));
    },
  }).addTo(map);
  addDots(map, layer);
  addHatch(map, "clusters");
  nameClusters(map, layer);
  return { layer, byId };
}

/** Let a dot, its area as the land's, stand for each boundary while the map is far away. @param {any} map @param {any} layer */
function addDots(map, layer) {
  const dots = L.layerGroup();
  layer.eachLayer((/** @type {any} */ shape) => {
    const { properties } = shape.feature;
    const radius = Math.max(5, Math.sqrt(properties.measured_area_ha ?? 10) * 0.9);
    const style = {
      ...clusterStyle(properties),
      radius,
      pane: "clusters",
      dashArray: properties.synthetic ? "4 3" : "",
    };
    const dot = L.circleMarker(shape.getBounds().getCenter(), style);
    dot.bindTooltip(() => document.createTextNode(nameOf(properties)), { sticky: true });
    dot.on("click", () => shape.fire("click").openPopup());
    dots.addLayer(dot);
  });
  const follow = () => (map.getZoom() < DOT_ZOOM ? dots.addTo(map) : dots.remove());
  map.on("zoomend", follow);
  follow();
}

/** Write names beside the clusters where the map is close enough. @param {any} map @param {any} layer */
function nameClusters(map, layer) {
  const names = L.layerGroup();
  layer.eachLayer((/** @type {any} */ shape) => {
    const bounds = shape.getBounds();
    const place = [bounds.getSouth(), bounds.getCenter().lng];
    const options = {
      permanent: true,
      direction: "bottom",
      className: "cluster-name",
      interactive: false,
    };
    const name = document.createTextNode(nameOf(shape.feature.properties));
    names.addLayer(L.tooltip(options).setLatLng(place).setContent(name));
  });
  const follow = () => {
    const isClose = map.getZoom() >= NAME_ZOOM && map.getZoom() < PLOT_ZOOM;
    if (!isClose) names.remove();
    else hideCovered(names.addTo(map));
  };
  map.on("zoomend", follow);
  follow();
}

/** Keep the names that cover no earlier one. @param {any} names */
function hideCovered(names) {
  /** @type {DOMRect[]} */
  const taken = [];
  names.eachLayer((/** @type {any} */ name) => {
    const element = name.getElement();
    element.hidden = false;
    const box = element.getBoundingClientRect();
    const isCovered = taken.some(
      (other) =>
        box.left < other.right &&
        other.left < box.right &&
        box.top < other.bottom &&
        other.top < box.bottom,
    );
    element.hidden = isCovered;
    if (!isCovered) taken.push(box);
  });
}

/** @param {any} map @param {string} clusterId */
export async function addPlan(map, clusterId) {
  const plan = await askOn(`/clusters/${encodeURIComponent(clusterId)}/plan`);
  return L.geoJSON(plan, {
    pane: "plan",
    style: (/** @type {any} */ { properties }) =>
      pathOf(
        properties.layer === "serving" ? config.styles.serving : landUse(properties.land_use),
        0.6,
      ),
    onEachFeature: (/** @type {any} */ feature, /** @type {any} */ shape) =>
      shape.bindPopup(() => planPopup(feature.properties)),
  }).addTo(map);
}

/** A layer of the plots in view, drawn anew when the view moves. @param {any} map */
export function plotLayer(map) {
  const renderer = L.svg({ pane: "plots", padding: 0.3 });
  const layer = L.geoJSON(null, {
    pane: "plots",
    renderer,
    style: (/** @type {any} */ { properties }) => pathOf(plotState(properties.state)),
    onEachFeature: (/** @type {any} */ { properties }, /** @type {any} */ shape) => {
      shape.bindPopup(() => plotPopup(properties));
      if (properties.plot_label)
        shape.bindTooltip(() => document.createTextNode(properties.plot_label), { sticky: true });
    },
  }).addTo(map);
  let turn = 0;

  async function refresh() {
    turn += 1;
    const mine = turn;
    if (map.getZoom() < PLOT_ZOOM) {
      layer.clearLayers();
      return;
    }
    const box = map.getBounds().pad(0.1).toBBoxString();
    const found = await askOn("/parcels", { bbox: box, limit: MOST_PLOTS });
    if (mine !== turn) return;
    layer.clearLayers();
    layer.addData(found);
    addHatch(map, "plots");
  }
  return { layer, refresh };
}
