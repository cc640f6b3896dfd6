// @ts-check
/** The state of the map in the page's address, so that a link shows what its sender saw. */

/** @param {any} map */
export function permalink(map) {
  const given = new URLSearchParams(location.hash.slice(1));
  const place = (given.get("map") ?? "").split("/").map(Number);
  const hasPlace = place.length === 3 && place.every(Number.isFinite);
  /** @type {Record<string, string | null>} */
  const kept = Object.fromEntries(
    ["cluster", "stage", "basis"].map((name) => [name, given.get(name)]),
  );

  function write() {
    const { lat, lng } = map.getCenter();
    const parts = [`map=${map.getZoom().toFixed(2)}/${lat.toFixed(5)}/${lng.toFixed(5)}`];
    for (const [name, value] of Object.entries(kept))
      if (value) parts.push(`${name}=${encodeURIComponent(value)}`);
    history.replaceState(null, "", `#${parts.join("&")}`);
    keepInLinks();
  }

  /** Let the switch of language and another date keep place and selection. */
  function keepInLinks() {
    const link = document.querySelector('a[data-action="language"]');
    if (link instanceof HTMLAnchorElement) link.hash = location.hash;
    const form = document.querySelector("form.asked");
    if (form instanceof HTMLFormElement) form.action = location.hash;
  }

  // A link to another place, pasted into this page's address, changes nothing but the hash.
  addEventListener("hashchange", () => {
    if (/^#(map|cluster|stage|basis)=/.test(location.hash)) location.reload();
  });

  return {
    hasPlace,
    kept,
    /** @param {Record<string, string | null>} state */
    keep(state) {
      Object.assign(kept, state);
      write();
    },
    /** Go to the place of the address, if it names one; then keep the address in step. */
    restore() {
      if (hasPlace) map.setView([place[1], place[2]], place[0], { animate: false });
      map.on("moveend", write);
    },
  };
}
