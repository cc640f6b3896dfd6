// @ts-check
/** Paper: the map takes the sheet's width and shows the whole of what the screen shows. */

/**
 * @param {any} map
 * @param {number} legendRoom what the legend takes of the map's left side, in pixels
 */
export function printWhole(map, legendRoom = 0) {
  /** @type {any} */
  let shown = null;

  /** Leaflet measures the screen, so it is given the sheet's size before the print begins. @param {boolean} isPrinting */
  function fit(isPrinting) {
    document.body.classList.toggle("printing", isPrinting);
    map.invalidateSize({ animate: false, pan: false });
    const room = isPrinting ? [legendRoom, 0] : [0, 0];
    if (shown) map.fitBounds(shown, { animate: false, paddingTopLeft: room });
  }

  addEventListener("beforeprint", () => {
    shown = map.getBounds();
    for (const folded of document.querySelectorAll("details.on-paper"))
      folded.setAttribute("open", "");
    fit(true);
  });
  addEventListener("afterprint", () => fit(false));
  const button = document.querySelector('[data-action="print"]');
  button?.addEventListener("click", () => globalThis.print());
}
