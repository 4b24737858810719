// Small helpers of drawing: templates of the page, words of the page, days as people say them.
export const words = JSON.parse(document.getElementById("words").textContent);
export const one = (what, inside = document) => inside.querySelector(what);
export const all = (what, inside = document) => [...inside.querySelectorAll(what)];

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const fromTemplate = id => document.getElementById(id).content.cloneNode(true).firstElementChild;

export const make = (tag, properties = {}, ...inside) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
};

const days = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric", timeZone: "Asia/Jakarta" });
const hours = new Intl.DateTimeFormat("id", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Jakarta" });
export const day = text => text ? days.format(new Date(text)) : "";
export const moment = text => text ? `${day(text)}, ${hours.format(new Date(text)).replace(":", ".")} WIB` : "";

export const size = bytes => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`;

export const badge = (text, tone = "") => make("span", { className: `badge ${tone}`.trim(), textContent: text });

const TONES = { draft: "", waiting: "wait", sending: "wait", look: "bad", sent: "ok" };
export const stateBadge = state => badge(words.states[state], TONES[state]);

// A row of a list. `href` may be missing.
export const row = ({ title, sub, end, href }) => {
  const made = fromTemplate("row");
  const link = one("a", made);
  link.textContent = title;
  if (href) link.href = href;
  else { link.replaceWith(title); made.lastElementChild.remove(); }
  one(".muted", made).textContent = sub;
  one(".end", made).append(...[end].flat().filter(Boolean));
  return made;
};

// Says something above the screen; `lasts` keeps it until the next screen, else it goes by itself.
export const say = (text, tone = "ok", { lasts = false, deed = null, id = "" } = {}) => {
  const place = one("[data-notices]");
  if (id) one(`[data-id="${id}"]`, place)?.remove();
  const made = fromTemplate(`notice-${tone}`);
  made.dataset.id = id;
  one("p", made).textContent = text;
  if (deed) one("div", made).append(deed);
  place.append(made);
  if (!lasts) setTimeout(() => made.remove(), 6000);
  return made;
};
export const unsay = id => one(`[data-notices] [data-id="${id}"]`)?.remove();

export const ask = (title, text, yes) => new Promise(done => {
  const box = document.getElementById("ask");
  one("h2", box).textContent = title;
  one("p", box).textContent = text;
  one("[value=yes] span", box).textContent = yes;
  box.returnValue = "no";
  box.onclose = () => done(box.returnValue === "yes");
  box.showModal();
});
