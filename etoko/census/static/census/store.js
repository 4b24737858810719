// What is kept on the phone: the list of one village, sheets, photos. Everything is in one database, and each
// sheet is written whole in one transaction, strictly to the disk: a phone that dies has lost nothing.
const NAME = "pendataan", VERSION = 1;
let opened;

export const open = () => opened ??= new Promise((done, fail) => {
  const asking = indexedDB.open(NAME, VERSION);
  asking.onupgradeneeded = () => {
    const made = new Set(asking.result.objectStoreNames);
    const make = (name, keyPath) => made.has(name) || asking.result.createObjectStore(name, keyPath ? { keyPath } : {});
    make("meta");
    make("businesses", "id");
    make("sheets", "key");
    make("photos", "sha256");
  };
  asking.onsuccess = () => {
    // A newer version in another tab, or leaving: let go, or it would wait for ever.
    asking.result.onversionchange = () => { asking.result.close(); opened = undefined; };
    done(asking.result);
  };
  asking.onerror = () => fail(asking.error);
});

const answerOf = asked => new Promise((done, fail) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => fail(asked.error);
});

// One transaction: `work` gets the stores and must ask everything at once, without waiting for anything else.
const inOne = async (names, mode, work) => {
  const base = await open();
  return new Promise((done, fail) => {
    const taking = base.transaction(names, mode, { durability: "strict" });
    const stores = names.map(name => taking.objectStore(name));
    let result;
    taking.oncomplete = () => done(result);
    taking.onabort = taking.onerror = () => fail(taking.error);
    Promise.resolve(work(...stores)).then(found => { result = found; }, problem => { taking.abort(); fail(problem); });
  });
};

const read = (name, ask) => inOne([name], "readonly", store => answerOf(ask(store)));

export const meta = async name => (await read("meta", store => store.get("now")))?.[name];
export const wholeMeta = async () => (await read("meta", store => store.get("now"))) ?? {};
export const businesses = () => read("businesses", store => store.getAll());
export const business = id => read("businesses", store => store.get(id));
export const sheets = () => read("sheets", store => store.getAll());
export const sheet = key => read("sheets", store => store.get(key));
export const photo = sha256 => read("photos", store => store.get(sha256));

// The list as the office has it now; the sheets are hers and stay.
export const keepList = told => inOne(["meta", "businesses"], "readwrite", async (meta, rows) => {
  const { businesses, ...rest } = told;
  meta.put(rest, "now");
  await answerOf(rows.clear());
  for (const row of businesses) rows.put(row);
});

export const keepSheet = one => inOne(["sheets"], "readwrite", store => answerOf(store.put(one)));

// Changes what has become of a sheet, unless she wrote on it meanwhile: `version` is the one that was sent.
export const markSheet = (key, version, change) => inOne(["sheets"], "readwrite", async store => {
  const one = await answerOf(store.get(key));
  if (!one) return null;
  const next = one.version === version ? { ...one, ...change } : { ...one, arrived: change.arrived ?? one.arrived };
  await answerOf(store.put(next));
  return next;
});

export const keepPhoto = (one, content) => inOne(["sheets", "photos"], "readwrite", async (sheets, photos) => {
  photos.put({ sha256: content.sha256, bytes: content.bytes });
  await answerOf(sheets.put(one));
});

export const dropPhotos = hashes => inOne(["photos"], "readwrite", store => { hashes.forEach(one => store.delete(one)); });

export const dropSheet = async key => {
  const one = await sheet(key);
  await inOne(["sheets", "photos"], "readwrite", (sheets, photos) => {
    for (const { sha256 } of one?.photos ?? []) photos.delete(sha256);
    sheets.delete(key);
  });
};

export const keepRow = row => inOne(["businesses"], "readwrite", store => answerOf(store.put(row)));

export const wipe = async () => {
  const base = await open();
  base.close();
  opened = undefined;
  await new Promise(done => {
    const asking = indexedDB.deleteDatabase(NAME);
    asking.onsuccess = asking.onerror = asking.onblocked = done;
  });
};
