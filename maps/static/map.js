// @ts-check
/** The planner's map: gauge, list and map kept in step, and the state in the page's address. */
import { offerEmbed } from "./embed-dialog.js";
import { day } from "./format.js";
import { showGauge } from "./gauge.js";
import { addClusters, addOutline, addPlan, plotLayer, prepare } from "./layers.js";
import { addLegend, stamp } from "./legend.js";
import { showList } from "./list.js";
import { askOn, config, pageLink, sayFailed, text } from "./page.js";
import { permalink } from "./permalink.js";
import { printWhole } from "./print.js";
import { clusterStyle } from "./styles.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const linked = permalink(map);

/** @param {any} collection */
function start(collection) {
  const listPlace = /** @type {HTMLElement} */ (document.getElementById("list"));
  /** @type {string | null} */
  let chosenId = null;
  /** @type {any} */
  let plan = null;
  const plots = plotLayer(map);
  const clusters = addClusters(map, collection, (id) => select(id, false));
  const list = showList(listPlace, collection.features, (id) => select(id, true));

  /** @param {string} id @param {boolean} shouldMove */
  async function select(id, shouldMove) {
    const shape = clusters.byId.get(id);
    if (!shape) {
      location.assign(pageLink(`/clusters/${encodeURIComponent(id)}`));
      return;
    }
    if (chosenId)
      clusters.byId
        .get(chosenId)
        ?.setStyle(clusterStyle(clusters.byId.get(chosenId).feature.properties));
    chosenId = id;
    shape.setStyle(clusterStyle(shape.feature.properties, true));
    list.mark(id);
    linked.choose(id);
    if (shouldMove) {
      showWithFacts(shape);
    }
    await showPlan(id);
  }

  /** @param {string} id */
  async function showPlan(id) {
    const previous = plan;
    plan = await addPlan(map, id).catch(() => null);
    previous?.remove();
  }

  map.on("moveend", plots.refresh);
  fadeWhenClose(clusters.layer);
  addLegend(map, {
    qualities: new Set(collection.features.map((/** @type {any} */ f) => f.properties.quality)),
  });
  stamp(day(collection.on), collection.synthetic_note !== null);
  linked.restore();
  if (linked.chosen) select(linked.chosen, !linked.hasPlace);
}

/** Move to a shape and open its facts above it, where they do not cover its plan. @param {any} shape */
function showWithFacts(shape) {
  if (globalThis.innerWidth <= 720) map.getContainer().scrollIntoView({ block: "center" });
  const bounds = shape.getBounds();
  map.fitBounds(bounds, { paddingTopLeft: [40, 250], paddingBottomRight: [40, 30], maxZoom: 15.5 });
  shape.openPopup([bounds.getNorth(), bounds.getCenter().lng]);
}

/** Clear the fill of clusters once plots are shown beneath the pointer. @param {any} layer */
function fadeWhenClose(layer) {
  map.on("zoomend", () => {
    const isClose = map.getZoom() >= 13;
    layer.eachLayer((/** @type {any} */ shape) =>
      shape.setStyle({ fillOpacity: isClose ? 0.04 : 0.82 }),
    );
  });
}

/** @param {any} layer */
function fitTo(layer) {
  const bounds = layer.getBounds();
  // Without animation: Leaflet ignores a move that is asked for while another is on its way.
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], animate: false });
}

async function load() {
  const listPlace = document.getElementById("list");
  try {
    const [outline, collection] = await Promise.all([addOutline(map), askOn("/clusters")]);
    fitTo(outline);
    if (listPlace && collection.features.length && !document.body.classList.contains("empty"))
      start(collection);
    else stamp(day(collection.on), false);
  } catch (error) {
    if (listPlace) sayFailed(listPlace, error, load);
  }
}

printWhole(map);
document.title = config.isDefaultDate
  ? document.title
  : `${document.title} (${text("as_of", { date: day(config.on) })})`;
prepare(map);
offerEmbed();
showGauge(/** @type {HTMLElement} */ (document.getElementById("gauge")));
load();
