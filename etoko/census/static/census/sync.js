// The way to the office and back. Words first, then the photos that the office does not have; one after the other.
// Whatever breaks, the same is sent again: the office knows a sheet by its key and a photo by its hash.
import * as store from "./store.js";
import { words } from "./drawing.js";

const PATIENCE = 60_000, SOON = 5_000, LATEST = 300_000;
const DOOR = "/pendataan/api/";
const told = new Set();
let pause = SOON, again;

export const onChange = hear => told.add(hear);
const tell = what => told.forEach(hear => hear(what));

// Thrown when it is not the sheet that is to blame: the line is gone, or somebody must sign in.
class Unsent extends Error {
  constructor(reason) { super(reason); this.reason = reason; }
}

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

const ask = async (path, options = {}) => {
  let answer;
  try {
    answer = await fetch(DOOR + path, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
  } catch {
    throw new Unsent(navigator.onLine ? "noAnswer" : "offline");
  }
  if (answer.status === 401) throw new Unsent("signedOut");
  if (answer.status >= 500 || answer.status === 429) throw new Unsent("noAnswer");
  // Not our door: a page of the mobile network that wants her to pay or to agree first, or no CSRF cookie yet.
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new Unsent(answer.status === 403 ? "token" : "noAnswer");
  return { status: answer.status, told: await answer.json().catch(() => { throw new Unsent("noAnswer"); }) };
};

const post = (path, body, headers) => ask(path, { method: "POST", body, headers: { "X-CSRFToken": token(), ...headers } });

export const unsent = async () => (await store.sheets()).filter(one => one.state !== "sent");

// Takes the list of a village; false when the phone still keeps sheets of somebody else.
export const pull = async (village = "") => {
  const meta = await store.wholeMeta();
  const code = village || meta.village?.code || "";
  const { status, told: list } = await ask(`daftar/${code ? `?desa=${code}` : ""}`);
  // The village is not hers any more: without a name she gets the one that is.
  if (status === 404 && code) return pullAnew();
  if (status !== 200) throw new Unsent("notHers");
  return keep(list, meta);
};

const pullAnew = async () => {
  const { status, told: list } = await ask("daftar/");
  if (status !== 200) throw new Unsent("notHers");
  return keep(list, await store.wholeMeta());
};

const keep = async (list, meta) => {
  if (meta.person && meta.person.id !== list.person.id) {
    const left = (await unsent()).length;
    if (left) {
      tell({ other: meta.person.name, left });
      return false;
    }
    await store.wipe();
  }
  await store.keepList(list);
  tell({ list: true });
  return true;
};

const sendPhotos = async (key, version, missing) => {
  for (const sha256 of missing) {
    const photo = await store.photo(sha256);
    if (!photo) continue; // the office already said that it has it, or she took it out
    const { status, told } = await post(`catatan/${key}/foto/${sha256}/`, photo.bytes, { "Content-Type": "image/jpeg" });
    if (status !== 200) return store.markSheet(key, version, { state: "look", problem: told.problem, arrived: true });
    await store.markSheet(key, version, { arrived: true, receipt: told.receipt });
    tell({ sheet: key });
  }
  return null;
};

const sendOne = async sheet => {
  const { key, version } = sheet;
  const body = JSON.stringify({
    person: sheet.person, business: sheet.business, area: sheet.area, values: sheet.values, seen: sheet.seen,
    photos: sheet.photos.filter(Boolean).map(one => one.sha256), filled_at: sheet.filled_at, accuracy_m: sheet.accuracy_m,
    consent_version: sheet.consent_version, is_another: sheet.is_another,
  });
  const { status, told } = await post("catatan/", body, { "Content-Type": "application/json", "Idempotency-Key": key });
  if (status !== 200) {
    return store.markSheet(key, version, {
      state: "look", problem: told.problem, errors: told.errors ?? {}, differences: told.differences ?? [], suspects: told.suspects ?? [],
    });
  }
  await store.keepRow(told.row);
  await store.markSheet(key, version, { arrived: true, receipt: told.receipt, problem: "" });
  tell({ sheet: key });
  if (await sendPhotos(key, version, told.missing)) return null;
  const kept = await store.markSheet(key, version, { state: "sent", arrived: true, sent_at: new Date().toISOString() });
  if (kept?.state === "sent") {
    await store.dropPhotos(kept.photos.filter(Boolean).map(one => one.sha256));
    tell({ arrived: kept });
  }
  return null;
};

const sendAll = async () => {
  const waiting = (await store.sheets()).filter(one => one.state === "waiting").sort((a, b) => a.filled_at.localeCompare(b.filled_at));
  for (const sheet of waiting) {
    tell({ sending: sheet.key });
    await sendOne(sheet);
    tell({ sheet: sheet.key });
  }
};

// Sends what waits. Two tabs send one after the other; who asks while it is being sent is served in a second round,
// for what she wrote meanwhile was not yet waiting in the first.
let queued = null, wantsList = false;
export const sync = ({ list = false } = {}) => {
  wantsList ||= list;
  return queued ??= navigator.locks.request("pendataan-kirim", () => {
    [queued, list, wantsList] = [null, wantsList, false];
    return round(list);
  });
};

const round = async list => {
  clearTimeout(again);
  try {
    // Somebody else signed in while the phone still keeps notes: they wait for the one who wrote them.
    if ((list || !token()) && !await pull()) return;
    await sendAll();
    await forgetOld();
    pause = SOON;
    tell({ line: true, reason: "" });
  } catch (problem) {
    if (!(problem instanceof Unsent)) throw problem;
    tell({ line: problem.reason !== "offline", reason: problem.reason });
    if (problem.reason === "token") await pull().catch(() => {});
    if (problem.reason !== "signedOut" && (await unsent()).some(one => one.state === "waiting")) {
      again = setTimeout(() => sync(), pause);
      pause = Math.min(pause * 2, LATEST);
    }
  } finally {
    tell({ sending: "" });
  }
};

// Receipts of what has arrived are the office's; those here are to be looked at for a month.
const forgetOld = async () => {
  const old = new Date(Date.now() - 30 * 86_400_000).toISOString();
  for (const one of await store.sheets()) if (one.state === "sent" && one.sent_at < old) await store.dropSheet(one.key);
};

export const watch = () => {
  addEventListener("online", () => { pause = SOON; sync({ list: true }); });
  addEventListener("offline", () => tell({ line: false, reason: "offline" }));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sync(); });
};

export const reasonWords = reason => words[reason] ?? words.noAnswer;
