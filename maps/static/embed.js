// @ts-check
/** The map inside another portal: no cookie, no storage, and the wheel scrolls the host page. */
import { day } from "./format.js";
import { addClusters, addOutline, addPlan, plotLayer, prepare } from "./layers.js";
import { addLegend, stamp } from "./legend.js";
import { askOn, config, sayFailed } from "./page.js";
import { clusterStyle } from "./styles.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const wanted = new Set(
  config.layers?.length ? config.layers : ["clusters", "plots", "plan", "legend"],
);

async function load() {
  const frame = /** @type {Element} */ (document.querySelector(".map-frame"));
  try {
    const [outline, collection] = await Promise.all([addOutline(map), askOn("/clusters")]);
    map.fitBounds(outline.getBounds());
    show(collection);
  } catch (error) {
    sayFailed(frame, error, load);
  }
}

/** @param {any} collection */
function show(collection) {
  const clusters = addClusters(map, collection, choose);
  if (wanted.has("plots")) map.on("moveend", plotLayer(map).refresh);
  if (wanted.has("legend")) {
    const parts = [
      "fill",
      ...(wanted.has("plots") ? ["plots"] : []),
      ...(wanted.has("plan") ? ["plan"] : []),
      "lines",
    ];
    addLegend(map, {
      parts,
      qualities: new Set(collection.features.map((/** @type {any} */ f) => f.properties.quality)),
    });
  }
  stamp(`CCN GIS · ${day(collection.on)}`, collection.synthetic_note !== null);
  if (config.cluster) {
    const shape = clusters.byId.get(config.cluster);
    if (shape) map.fitBounds(shape.getBounds(), { padding: [24, 24], maxZoom: 15.5 });
    choose(config.cluster);
  }

  /** @param {string} id */
  function choose(id) {
    const shape = clusters.byId.get(id);
    shape?.setStyle({ ...clusterStyle(shape.feature.properties, true), fillOpacity: 0.1 });
    if (wanted.has("plan")) addPlan(map, id).catch(() => null);
  }
}

/** Zoom with Ctrl and the wheel only: the plain wheel belongs to the page around us. */
function leaveWheelToHost() {
  map.getContainer().addEventListener(
    "wheel",
    (/** @type {WheelEvent} */ event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      map.setZoomAround(
        map.mouseEventToContainerPoint(event),
        map.getZoom() - Math.sign(event.deltaY) * 0.5,
      );
    },
    { passive: false },
  );
}

prepare(map);
leaveWheelToHost();
load();
