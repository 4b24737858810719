// What of hers has not arrived yet, and the receipts of what has.
import { isToDecide } from "./deciding.js";
import { all, fill, moment, one, row, stateBadge, words } from "./drawing.js";
import * as store from "./store.js";
import { sync } from "./sync.js";

let sending = "";
export const nowSending = key => { sending = key; };

const about = sheet => {
  const photos = sheet.photos.filter(Boolean).length;
  if (sheet.state === "look") return sheet.problem;
  if (sheet.state === "waiting" && sheet.arrived && sheet.receipt?.arrived < photos) {
    return fill(words.photosLeft, { n: photos - sheet.receipt.arrived, of: photos });
  }
  return [moment(sheet.updated_at ?? sheet.filled_at), photos ? fill(words.photos, { n: photos }) : ""].filter(Boolean).join(" · ");
};

const drawWaiting = sheet => row({
  title: sheet.values.name || words.newTitle,
  sub: about(sheet),
  end: stateBadge(sheet.key === sending && sheet.state === "waiting" ? "sending" : sheet.state),
  href: isToDecide(sheet) ? `#/pilih/${sheet.key}` : `#/catatan/${sheet.key}`,
});

const drawReceipt = told => row({
  title: told.name,
  sub: [moment(told.received_at), told.kind, told.photos ? fill(words.photos, { n: `${told.arrived}/${told.photos}` }) : ""].filter(Boolean).join(" · "),
  end: stateBadge("sent"),
});

// Receipts of the last list, and those that came since.
const receipts = (meta, sheets) => {
  const known = new Map((meta.receipts ?? []).map(one => [one.key, one]));
  for (const { receipt } of sheets) if (receipt) known.set(receipt.key, receipt);
  return [...known.values()].sort((a, b) => b.received_at.localeCompare(a.received_at));
};

export const showOutbox = async () => {
  const [sheets, meta] = await Promise.all([store.sheets(), store.wholeMeta()]);
  const ORDER = { look: 0, waiting: 1, draft: 2 };
  const waiting = sheets.filter(one => one.state !== "sent").sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  const came = receipts(meta, sheets).slice(0, 200);
  one("[data-waiting]").replaceChildren(...waiting.map(drawWaiting));
  one("[data-waiting]").hidden = !waiting.length;
  one("[data-none-waiting]").hidden = waiting.length > 0;
  one("[data-receipts]").replaceChildren(...came.map(drawReceipt));
  one("[data-receipts]").hidden = !came.length;
  one("[data-none-received]").hidden = came.length > 0;
};

export const showCount = async () => {
  const left = (await store.sheets()).filter(one => one.state !== "sent").length;
  for (const place of all("[data-count]")) { place.hidden = !left; place.textContent = left > 99 ? "99+" : left; }
};

export const listenOutbox = () => one("[data-send]").addEventListener("click", () => sync({ list: true }));
