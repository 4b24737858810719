// KBLI in everyday words, without signal: "bikin kerupuk" → the codes that the register's own search gives.
import { words } from "./drawing.js";

let book;
const load = () => book ??= fetch(words.codes).then(answer => answer.json()).catch(() => { book = undefined; return { words: {}, titles: {} }; });

const plain = text => text.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

// What is done says little by itself: "bikin" alone would find everything that is made.
const DEEDS = new Set("bikin buat membuat produksi jual jualan menjual dagang toko kios warung servis jasa usaha".split(" "));

// [[code, title], …], the best first.
export const findCodes = async text => {
  const { words: known, titles } = await load();
  const said = plain(text).split(" ").filter(Boolean), whole = said.join(" ");
  const things = said.filter(word => !DEEDS.has(word));
  const points = new Map();
  const give = (codes, weight) => codes.forEach((code, place) => points.set(code, (points.get(code) ?? 0) + weight / (place + 1)));
  for (const [word, codes] of Object.entries(known)) {
    if (word === whole) give(codes, 8);
    else if (things.includes(word)) give(codes, 4);
    else if (things.some(one => one.length > 2 && word.startsWith(one))) give(codes, 1);
  }
  for (const code of Object.keys(titles)) if (said.some(one => /^\d{3,5}$/.test(one) && code.split(":")[1].startsWith(one))) give([code], 8);
  return [...points].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([code]) => [code, titles[code]]);
};

export const titleOf = async code => (await load()).titles[code] ?? "";
