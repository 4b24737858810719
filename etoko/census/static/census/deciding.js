// What somebody else changed meanwhile, field by field; and businesses that may be the same. She decides.
import { day, fill, fromTemplate, make, one, words } from "./drawing.js";
import * as store from "./store.js";
import { sync } from "./sync.js";

const form = one("[data-decide]");
let open = null;

export const isToDecide = sheet => sheet.state === "look" && (sheet.differences.length > 0 || sheet.suspects.length > 0);

export const openDecision = async key => {
  open = await store.sheet(key);
  if (!open || !isToDecide(open)) return location.replace(open ? `#/catatan/${key}` : "#/kiriman");
  one("[data-decide-title]").textContent = open.differences.length ? fill(words.decideTitle, { name: open.values.name }) : words.same;
  form.replaceChildren(make("p", { className: "muted", textContent: open.problem }),
    ...open.differences.length ? drawDifferences() : drawSuspects());
};

const drawDifferences = () => [
  ...open.differences.map(told => {
    const made = fromTemplate("difference");
    one("legend", made).textContent = told.label;
    one("[data-now]", made).textContent = told.now_words;
    one("[data-who]", made).textContent = told.by ? fill(words.by, { name: told.by, day: day(told.at) }) : "";
    one("[data-mine]", made).textContent = told.mine_words;
    for (const choice of made.querySelectorAll("input")) choice.name = told.field;
    return made;
  }),
  fromTemplate("decided"),
];

// Either way she has now seen what the office wrote: that is what hers is compared with the next time.
const decide = async () => {
  const chosen = new FormData(form);
  const seen = { ...open.seen }, values = { ...open.values };
  for (const { field, now } of open.differences) {
    seen[field] = now;
    if (chosen.get(field) === "now") values[field] = field === "shown" ? now.split(",").filter(Boolean) : now;
  }
  await again({ seen, values });
};

const drawSuspects = () => [
  ...open.suspects.map(told => {
    const made = fromTemplate("suspect");
    one("b", made).textContent = told.name;
    one("p.muted", made).textContent = [told.row?.facts.owner_name, told.place, told.why].filter(Boolean).join(" · ");
    const button = one("button", made);
    button.hidden = !told.row;
    button.addEventListener("click", () => isThis(told));
    return made;
  }),
  Object.assign(fromTemplate("not-same"), { onclick: () => again({ is_another: true }) }),
];

// Her notes become a visit at the one that is there: what she left empty stays as the office has it.
const isThis = ({ id, row }) => {
  const facts = { ...row.facts, shown: row.facts.shown.split(",").filter(Boolean) };
  const values = Object.fromEntries(Object.entries(open.values).map(([name, value]) => {
    const isEmpty = ["", "unknown"].includes(value) || (Array.isArray(value) && !value.length);
    return [name, isEmpty && name in facts ? facts[name] : value];
  }));
  return again({ business: id, area: "", values, seen: row.facts });
};

const again = async change => {
  const next = { ...open, ...change, version: open.version + 1, state: "waiting", differences: [], suspects: [], problem: "", errors: {} };
  await store.keepSheet(next);
  location.hash = "#/kiriman";
  sync();
};

export const listenDecision = () => form.addEventListener("submit", event => {
  event.preventDefault();
  if (form.reportValidity()) decide();
});
