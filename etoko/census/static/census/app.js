// Puts the screens together: which one is shown stands in the address (#/usaha/…), so "back" works as ever.
import { isToDecide, listenDecision, openDecision } from "./deciding.js";
import { all, ask, fill, make, moment, one, say, size, unsay, words } from "./drawing.js";
import { listenList, showList } from "./list.js";
import { listenOutbox, nowSending, showCount, showOutbox } from "./outbox.js";
import { listenSheet, openBusiness, openNew, openSheet } from "./sheet.js";
import * as store from "./store.js";
import { onChange, pull, reasonWords, sync, unsent, watch } from "./sync.js";

let screen = "", installing = null;

const SCREENS = [
  [/^#\/usaha\/([\w-]+)$/, "sheet", "list", openFound],
  [/^#\/baru$/, "sheet", "new", openNew],
  [/^#\/catatan\/([\w-]+)$/, "sheet", "outbox", openSheet],
  [/^#\/pilih\/([\w-]+)$/, "decide", "outbox", openDecision],
  [/^#\/kiriman$/, "outbox", "outbox", showOutbox],
  [/^#\/hp$/, "phone", "phone", showPhone],
  [/.*/, "list", "list", showList],
];

// A sheet that waits for her decision opens there, wherever she comes from.
async function openFound(id) {
  const waits = (await store.sheets()).find(sheet => sheet.business === id && isToDecide(sheet));
  if (waits) return location.replace(`#/pilih/${waits.key}`);
  return openBusiness(id);
}

const show = async () => {
  const meta = await store.wholeMeta();
  const hash = location.hash || "#/";
  const [pattern, name, tab, draw] = meta.person ? SCREENS.find(([pattern]) => pattern.test(hash)) : [/.*/, "enter", "", () => {}];
  await draw(...(hash.match(pattern) ?? []).slice(1));
  if (location.hash && location.hash !== hash) return; // it led on to another screen
  screen = name;
  for (const section of all("[data-screen]")) section.hidden = section.dataset.screen !== name;
  for (const link of all("[data-tab]")) link.ariaCurrent = link.dataset.tab === tab ? "page" : null;
  one("[data-village]").textContent = meta.village?.name ?? "";
  scrollTo(0, 0);
  showCount();
};

const redraw = () => {
  showCount();
  if (screen === "list") showList();
  if (screen === "outbox") showOutbox();
  if (screen === "enter" || screen === "phone") show();
};

// ----------------------------------------------------------------------------------- this phone

async function showPhone() {
  const meta = await store.wholeMeta();
  const { usage = 0 } = await navigator.storage?.estimate?.() ?? {};
  const kept = await navigator.storage?.persisted?.();
  const facts = {
    person: meta.person.name, village: meta.village.name, businesses: (await store.businesses()).length,
    taken: moment(meta.taken_at), space: size(usage), kept: kept ? words.keptYes : words.keptNo,
  };
  one("[data-phone-facts]").replaceChildren(...Object.entries(facts).map(([name, value]) =>
    make("div", {}, make("dt", { textContent: words.facts[name] }), make("dd", { textContent: value }))));
  one("[data-villages]").hidden = meta.villages.length < 2;
  one("#desa").replaceChildren(...meta.villages.map(({ code, name }) => make("option", { value: code, textContent: name, selected: code === meta.village.code })));
  one("[data-install]").hidden = !installing;
}

const leave = async () => {
  const left = (await unsent()).length;
  if (!await ask(words.leaveAsk, left ? fill(words.leaveLose, { n: left }) : words.leaveSay, words.leave)) return;
  await store.wipe();
  for (const name of await caches.keys()) if (name.startsWith("pendataan-")) await caches.delete(name);
  const worker = await navigator.serviceWorker?.getRegistration("/pendataan/");
  await worker?.unregister();
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  const answer = await fetch("/keluar/", { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
  if (answer?.ok) return location.assign("/");
  await show();
  say(words.leftOffline, "warn", { lasts: true });
};

const takeVillage = village => pull(village).then(() => show(), problem => say(reasonWords(problem.reason), "warn"));

const listenPhone = () => {
  one("#desa").addEventListener("change", ({ target }) => takeVillage(target.value));
  one("[data-refresh]").addEventListener("click", () => takeVillage(""));
  one("[data-leave]").addEventListener("click", leave);
  one("[data-install]").addEventListener("click", async () => { await installing?.prompt(); installing = null; showPhone(); });
  addEventListener("beforeinstallprompt", event => { event.preventDefault(); installing = event; if (screen === "phone") showPhone(); });
};

// ----------------------------------------------------------------------------------------- line

const showLine = (on, reason = "") => {
  one("[data-line]").classList.toggle("is-off", !on);
  one("[data-sync-says]").textContent = reason ? reasonWords(reason) : "";
  if (reason === "signedOut") {
    say(words.signedOut, "warn", { lasts: true, id: "in", deed: make("a", { className: "button", href: "/masuk/?next=/pendataan/", textContent: words.signIn }) });
  } else if (on && !reason) unsay("in");
};

const hear = what => {
  if ("line" in what) showLine(what.line, what.reason);
  if ("sending" in what) nowSending(what.sending);
  if (what.other) say(fill(words.other, { n: what.left, name: what.other }), "warn", { lasts: true, id: "other" });
  if (what.arrived && screen !== "outbox") say(fill(words.arrived, { name: what.arrived.values.name }), "ok");
  if (what.list && screen === "enter") show();
  redraw();
};

// -------------------------------------------------------------------------------------- versions

// A new version waits until she says so, or until the app is opened the next time; what she wrote is kept anyway.
const keepApp = async () => {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register(words.worker, { scope: "/pendataan/", updateViaCache: "none" });
  const offer = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    const button = make("button", { className: "button", type: "button", textContent: words.useVersion });
    button.addEventListener("click", () => registration.waiting?.postMessage("use"));
    say(words.newVersion, "info", { lasts: true, id: "version", deed: button });
  };
  let had = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (had) location.reload(); had = true; });
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  offer();
};

const start = async () => {
  const theme = document.cookie.match(/(?:^|; )tema=(light|dark)/)?.[1];
  if (theme) document.documentElement.dataset.theme = theme;
  listenList();
  listenSheet();
  listenDecision();
  listenOutbox();
  listenPhone();
  onChange(hear);
  addEventListener("hashchange", show);
  showLine(navigator.onLine);
  await show();
  keepApp().catch(() => {});
  navigator.storage?.persist?.();
  watch();
  await sync({ list: true });
};

start();
