// @ts-check
/** The snippet that puts this map into another portal. */
import { config, text } from "./page.js";

export function offerEmbed() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("embed-dialog"));
  const opener = document.querySelector('[data-action="embed"]');
  if (!dialog || !opener) return;
  const code = /** @type {HTMLTextAreaElement} */ (dialog.querySelector("textarea"));
  const copy = /** @type {HTMLButtonElement} */ (
    dialog.querySelector('[data-action="copy-embed"]')
  );
  opener.addEventListener("click", () => {
    code.value = snippet();
    copy.textContent = text("embed_copy");
    dialog.showModal();
  });
  dialog
    .querySelector('[data-action="close-embed"]')
    ?.addEventListener("click", () => dialog.close());
  copy.addEventListener("click", () => copyTo(code, copy));
}

function snippet() {
  const asked = new URLSearchParams({ lang: config.language });
  if (!config.isDefaultDate) asked.set("on", config.on);
  const chosen = new URLSearchParams(location.hash.slice(1)).get("cluster");
  if (chosen) asked.set("cluster", chosen);
  const root = config.publicUrl || `${location.origin}${config.base}`;
  const address = `${root}/embed?${asked}`.replaceAll("&", "&amp;");
  const title = text("map_label");
  return `<iframe src="${address}" title="${title}" width="100%" height="480" style="border:0" loading="lazy" sandbox="allow-scripts allow-popups allow-top-navigation-by-user-activation"></iframe>`;
}

/**
 * Copy; where the browser gives no clipboard (a page without TLS, a refusal) the old way, and
 * where that fails too, leave the code selected.
 * @param {HTMLTextAreaElement} code
 * @param {HTMLButtonElement} button
 */
async function copyTo(code, button) {
  code.select();
  const isCopied = await writeClipboard(code.value).catch(() => document.execCommand("copy"));
  button.textContent = text(isCopied ? "embed_copied" : "embed_select");
}

/** @param {string} written */
async function writeClipboard(written) {
  await navigator.clipboard.writeText(written);
  return true;
}
