// @ts-check
/** The planner's map: gauge, list and map kept in step, and the state in the page's address. */
import { addClusters, openFacts } from "./clusters.js";
import { offerEmbed } from "./embed-dialog.js";
import { day } from "./format.js";
import { showGauge } from "./gauge.js";
import { addOutline, planLayer, plotLayer, prepare } from "./layers.js";
import { addLegend, notify, stamp } from "./legend.js";
import { showList } from "./list.js";
import { askOn, config, element, nameOf, pageLink, sayFailed, text } from "./page.js";
import { permalink } from "./permalink.js";
import { printWhole } from "./print.js";

const map = /** @type {any} */ (globalThis).map_ccn;
const linked = permalink(map);
/** What the legend takes of a printed map, in pixels. */
const LEGEND_ROOM = 165;

/** @param {any} collection */
function start(collection) {
  const listPlace = /** @type {HTMLElement} */ (document.getElementById("list"));
  const plots = plotLayer(map);
  const plan = planLayer(map);
  const clusters = addClusters(map, collection, (id) => select(id, false));
  const list = showList(listPlace, collection.features, (id) => select(id, true));

  /** @param {string} id @param {boolean} shouldMove */
  async function select(id, shouldMove) {
    const shape = clusters.shapeOf(id);
    clusters.mark(id);
    list.mark(id);
    linked.keep({ cluster: id });
    notify("");
    if (!shape) {
      sayUnmapped(collection.features.find((/** @type {any} */ one) => one.id === id));
      return;
    }
    if (shouldMove) showWithFacts(shape);
    await plan.show(id).catch((error) => notify(text("failed", { reason: error.message })));
  }

  map.on("moveend", plots.refresh);
  addLegend(map, {
    qualities: new Set(collection.features.map((/** @type {any} */ f) => f.properties.quality)),
  });
  stamp([day(collection.on)], collection.synthetic_note !== null);
  if (!collection.counts.with_boundary) notify(text("none_mapped"));
  linked.restore();
  if (linked.kept.cluster) select(linked.kept.cluster, !linked.hasPlace);
}

/** Say of a cluster without a boundary where its facts are. @param {any} feature */
function sayUnmapped(feature) {
  if (!feature) return;
  const href = pageLink(`/clusters/${encodeURIComponent(feature.id)}`);
  const link = element("a", { href }, text("details"));
  notify(`${text("unmapped", { name: nameOf(feature.properties) })} `, link);
}

/** Move to a shape and open its facts above it, where they do not cover its plan. @param {any} shape */
function showWithFacts(shape) {
  if (globalThis.innerWidth <= 720) map.getContainer().scrollIntoView({ block: "center" });
  const bounds = shape.getBounds();
  map.fitBounds(bounds, { paddingTopLeft: [40, 250], paddingBottomRight: [40, 30], maxZoom: 15.5 });
  openFacts(shape);
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
    else stamp([day(collection.on)], false);
  } catch (error) {
    if (listPlace) sayFailed(listPlace, error, load);
  }
}

printWhole(map, LEGEND_ROOM);
document.title = config.isDefaultDate
  ? document.title
  : `${document.title} (${text("as_of", { date: day(config.on) })})`;
prepare(map);
offerEmbed();
showGauge(/** @type {HTMLElement} */ (document.getElementById("gauge")), {
  given: linked.kept,
  changed: (asked) => linked.keep({ ...asked }),
});
load();
