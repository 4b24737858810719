// One sheet: filled in from the list or empty, kept with every letter, sent when she says so.
import { findCodes, titleOf } from "./codes.js";
import { all, ask, fill, fromTemplate, make, one, say, size, stateBadge, words } from "./drawing.js";
import { smallPhoto } from "./photos.js";
import * as store from "./store.js";
import { sync } from "./sync.js";

const PHOTOS = 2, GOOD_ENOUGH_M = 15, SEARCH_MS = 15_000;
const form = one("[data-sheet]");
let open = null, writing = Promise.resolve(), watching = null;
const seenPhotos = new Map();

const now = () => new Date().toISOString();

const emptySheet = meta => ({
  key: crypto.randomUUID(), version: 1, person: meta.person.id, business: "", area: meta.village.code, values: {}, seen: {},
  photos: Array(PHOTOS).fill(null), state: "draft", filled_at: now(), accuracy_m: null, is_another: false,
  consent_version: words.consent, problem: "", errors: {}, differences: [], suspects: [],
});

const valuesOf = facts => ({ ...facts, shown: facts.shown ? facts.shown.split(",") : [], how: "", moved_to: "", is_right: "" });

// The sheet of this business that is not through yet, or a new one over what the office has.
const sheetFor = async id => {
  const meta = await store.wholeMeta();
  const left = (await store.sheets()).find(one => one.business === id && one.state !== "sent");
  if (left) return left;
  const business = await store.business(id);
  return business && { ...emptySheet(meta), business: id, area: "", values: valuesOf(business.facts), seen: { ...business.facts } };
};

export const openBusiness = async id => show(await sheetFor(id), await store.business(id));
export const openNew = async () => show(emptySheet(await store.wholeMeta()));
export const openSheet = async key => {
  const kept = await store.sheet(key);
  return show(kept, kept?.business ? await store.business(kept.business) : null);
};

const show = async (sheet, business) => {
  if (!sheet) return location.replace("#/");
  open = { ...sheet, photos: [...sheet.photos] };
  form.reset();
  for (const [name, value] of Object.entries({ how: "kader", status: "active", kind: "unknown", turnover_band: "unknown", ...open.values })) {
    const field = form.elements[name];
    if (!field) continue;
    if (Array.isArray(value)) all(`[name="${name}"]`, form).forEach(box => { box.checked = value.includes(box.value); });
    else if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = name === "how" && !value ? "kader" : value;
  }
  // As it is read aloud; the office reads every way of writing it.
  form.elements.phone.value = form.elements.phone.value.replace(/^\+62/, "0").replace(/^(0\d{3})(\d{4})(\d+)$/, "$1-$2-$3");
  one("[data-sheet-title]").textContent = sheet.values.name || words.newTitle;
  one("[data-sheet-note]").textContent = business?.reason ? fill(words.reason, { reason: business.reason }) : sheet.business ? "" : words.newNote;
  drawState();
  drawProblems();
  drawMoved();
  drawPosition();
  await Promise.all([drawCode(), drawPhotos()]);
};

const drawState = () => one("[data-sheet-state]").replaceChildren(stateBadge(open.state));
const drawMoved = () => { one("[data-moved]").hidden = form.elements.status.value !== "moved"; };

const drawPosition = () => {
  const position = form.elements.position.value;
  one("[data-locate-says]").textContent = !position ? "" : open.accuracy_m ? fill(words.located, { m: open.accuracy_m }) : fill(words.placed, { position });
};

const drawProblems = () => {
  const place = one("[data-problems]");
  for (const old of all(".error", form)) old.remove();
  for (const field of all("[aria-invalid]", form)) field.removeAttribute("aria-invalid");
  place.replaceChildren();
  if (open.state !== "look" || !open.problem) return;
  const box = fromTemplate("notice-bad");
  one("p", box).textContent = open.problem;
  const told = Object.entries(open.errors).filter(([name]) => name);
  const items = told.map(([name, sentence]) => {
    const field = all(`[name="${name}"]`, form)[0] ?? form;
    field.ariaInvalid = "true";
    const about = field.closest(".field") ?? one("#id_position_box");
    about.append(make("p", { className: "error", textContent: sentence }));
    const label = one("label, legend, b", about)?.firstChild.textContent.trim() ?? "";
    return make("li", {}, make("a", { href: `#${field.id || about.id}`, textContent: `${label}: ${sentence}`, onclick: event => {
      event.preventDefault(); // the address belongs to the screens
      about.scrollIntoView({ block: "center" });
      field.focus?.();
    } }));
  });
  if (items.length) one("div", box).append(make("ul", {}, ...items));
  else if (open.errors[""]) one("div", box).append(make("p", { textContent: open.errors[""] }));
  place.append(box);
  place.scrollIntoView?.({ block: "center" });
};

// ------------------------------------------------------------------------------------- keeping

const collect = () => {
  const values = {};
  for (const { name, type, value, checked } of form.elements) {
    if (!name) continue;
    if (name === "shown") values.shown = [...(values.shown ?? []), ...(checked ? [value] : [])];
    else if (type === "radio") { if (checked) values[name] = value; else values[name] ??= ""; }
    else values[name] = type === "checkbox" ? (checked ? "on" : "") : value.trim();
  }
  return values;
};

// Every change is written at once, one after the other: whatever happens to the phone, the last letter is kept.
const keep = (change = {}, put = store.keepSheet) => {
  Object.assign(open, { values: collect(), version: open.version + 1, updated_at: now(), state: "draft", ...change });
  const kept = { ...open };
  writing = writing.then(() => put(kept)).catch(problem => say(problem.name === "QuotaExceededError" ? words.full : String(problem), "bad", { lasts: true }));
  drawState();
  return writing;
};

export const listenSheet = () => {
  form.addEventListener("input", ({ target }) => {
    if (!open || target.type === "file" || target.dataset.kbliWords !== undefined) return;
    if (target.name === "status") drawMoved();
    keep();
  });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const values = collect();
    if (!values.name || !values.owner_name) {
      open = { ...open, problem: words.needName, errors: {}, state: "look" };
      drawProblems();
      form.elements[values.name ? "owner_name" : "name"].focus();
      return;
    }
    await keep({ state: "waiting", filled_at: now(), problem: "", errors: {}, differences: [], suspects: [] });
    say(navigator.onLine ? words.saved : words.savedWaiting, "ok", { id: "saved" });
    location.hash = "#/";
    sync();
  });
  one("[data-discard]").addEventListener("click", async () => {
    if (!await ask(words.discardAsk, words.discardSay, words.discard)) return;
    await writing;
    await store.dropSheet(open.key);
    location.hash = "#/";
  });
  one("[data-photos]").addEventListener("change", ({ target }) => takePhoto(target));
  one("[data-locate]").addEventListener("click", locate);
  one("[data-kbli-words]").addEventListener("input", ({ target }) => suggest(target.value));
};

// -------------------------------------------------------------------------------------- photos

const takePhoto = async field => {
  const place = +field.closest("[data-photo]").dataset.photo;
  const [file] = field.files;
  if (!file) return;
  let photo;
  try {
    photo = await smallPhoto(file);
  } catch {
    say(words.photoBad, "bad");
    return;
  }
  field.value = "";
  open.photos[place] = { sha256: photo.sha256, size: photo.bytes.byteLength };
  await keep({ photos: [...open.photos] }, kept => store.keepPhoto(kept, photo));
  drawPhotos();
};

const drawPhotos = async () => {
  for (const box of all("[data-photo]", form)) {
    const taken = open.photos[+box.dataset.photo];
    const kept = taken && await store.photo(taken.sha256);
    const shot = one(".shot", box);
    URL.revokeObjectURL(seenPhotos.get(box));
    box.classList.toggle("taken", Boolean(taken));
    const old = one("img", shot);
    if (old) old.remove();
    if (kept) {
      seenPhotos.set(box, URL.createObjectURL(new Blob([kept.bytes], { type: "image/jpeg" })));
      shot.append(make("img", { src: seenPhotos.get(box), alt: "" }));
    }
    const says = one(".file-name", box);
    says.dataset.empty ??= says.textContent;
    says.textContent = taken ? fill(words.photoTaken, { size: size(taken.size) }) : says.dataset.empty;
  }
};

// ------------------------------------------------------------------------------------ position

// Watches until the position is good, or the time is over; what is best so far is kept at once.
const locate = () => {
  const says = one("[data-locate-says]"), key = open.key;
  const stop = () => { navigator.geolocation.clearWatch(watching); watching = null; };
  if (!navigator.geolocation) { says.textContent = words.notLocated; return; }
  if (watching !== null) stop();
  says.textContent = words.locating;
  let best = Infinity;
  watching = navigator.geolocation.watchPosition(({ coords }) => {
    if (open.key !== key) return stop();
    if (coords.accuracy >= best) return;
    best = coords.accuracy;
    form.elements.position.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
    keep({ accuracy_m: Math.max(1, Math.round(best)) });
    drawPosition();
    if (best <= GOOD_ENOUGH_M) stop();
  }, () => { if (best === Infinity) says.textContent = words.notLocated; }, { enableHighAccuracy: true, timeout: SEARCH_MS, maximumAge: 10_000 });
  setTimeout(stop, SEARCH_MS);
};

// ---------------------------------------------------------------------------------------- code

const drawCode = async () => {
  one("[data-kbli-words]").value = "";
  const code = form.elements.kbli.value;
  const title = code && await titleOf(code);
  drawFound(code ? [[code, title]] : [], code);
};

const drawFound = (found, chosen = "") => one("[data-kbli-found]").replaceChildren(...found.map(([code, title]) => {
  const button = make("button", { type: "button", className: "choice", ariaPressed: String(code === chosen) },
    make("span", {}, make("b", { textContent: code.split(":")[1] }), make("small", { textContent: title || code })));
  button.addEventListener("click", () => {
    const again = form.elements.kbli.value === code;
    form.elements.kbli.value = again ? "" : code;
    keep();
    drawFound(again ? [] : [[code, title]], code);
  });
  return make("li", {}, button);
}));

const suggest = async text => {
  const found = text.trim().length > 2 ? await findCodes(text) : [];
  if (one("[data-kbli-words]").value !== text) return;
  drawFound(found, form.elements.kbli.value);
  if (text.trim().length > 2 && !found.length) one("[data-kbli-found]").append(make("li", { className: "muted", textContent: words.noCode }));
};
