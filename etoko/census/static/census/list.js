// The worklist: whom to visit, what of it is a draft, waits, or is done.
import * as store from "./store.js";
import { all, badge, day, fill, moment, one, row, stateBadge, words } from "./drawing.js";

const MOST = 120;
let filter = "";

const TONES = { draft: "wait", verified: "ok", needs_correction: "bad" };
const FILTERS = {
  "": () => true,
  todo: ({ visited_at }, sheet) => !sheet && !visited_at,
  fix: ({ state }, sheet) => state === "needs_correction" || sheet?.state === "look",
};

const about = ({ facts }) => [facts.owner_name, facts.rt || facts.rw ? `RT ${facts.rt || "–"}/RW ${facts.rw || "–"}` : "", facts.landmark]
  .filter(Boolean).join(" · ");

const plain = text => text.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, " ");

const found = (business, said) => said.every(word => business.plain.includes(word));

const draw = (business, sheet) => {
  const shown = sheet && sheet.state !== "sent" ? sheet : null;
  const state = shown ? stateBadge(shown.state)
    : business.facts.status === "closed" ? badge(words.closed)
      : badge(words.records[business.state], TONES[business.state]);
  const sub = [about(business), business.visited_at ? fill(words.visited, { day: day(business.visited_at) }) : ""].filter(Boolean).join(" · ");
  return row({ title: shown?.values.name || business.facts.name, sub, end: state, href: `#/usaha/${business.id}` });
};

export const showList = async () => {
  const [rows, sheets, meta] = await Promise.all([store.businesses(), store.sheets(), store.wholeMeta()]);
  const byBusiness = new Map(sheets.filter(one => one.business).sort((a, b) => (a.updated_at > b.updated_at ? 1 : -1)).map(one => [one.business, one]));
  const said = plain(one("#cari").value).split(" ").filter(Boolean);
  const fits = rows
    .map(business => ({ ...business, plain: plain(`${business.facts.name} ${about(business)} ${business.facts.phone}`) }))
    .filter(business => found(business, said) && FILTERS[filter](business, byBusiness.get(business.id)))
    .sort((a, b) => a.facts.name.localeCompare(b.facts.name, "id"));
  one("[data-list]").replaceChildren(...fits.slice(0, MOST).map(business => draw(business, byBusiness.get(business.id))));
  one("[data-list]").hidden = !fits.length;
  one("[data-list-more]").hidden = fits.length <= MOST;
  one("[data-list-empty]").hidden = fits.length > 0;
  const count = fits.length === rows.length
    ? fill(words.businesses, { n: rows.length, place: meta.village?.name ?? "" })
    : fill(words.found, { n: fits.length, of: rows.length });
  one("[data-list-says]").textContent = meta.taken_at ? `${count}. ${fill(words.taken, { moment: moment(meta.taken_at) })}.` : "";
  for (const chip of all("[data-filter]")) chip.ariaPressed = String(chip.dataset.filter === filter);
};

export const listenList = () => {
  one("#cari").addEventListener("input", showList);
  one("[data-search]").addEventListener("submit", event => event.preventDefault());
  one("[data-filters]").addEventListener("click", ({ target }) => {
    const chip = target.closest("[data-filter]");
    if (!chip) return;
    filter = chip.dataset.filter;
    showList();
  });
};
