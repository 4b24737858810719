// Keeps the app on the phone. KEPT (version, frame, files) is written above by the server. What is personal never
// passes through here: the door of the lists and the sheets is not kept.
const CACHE = `pendataan-${KEPT.version}`;
const ours = new Set([KEPT.frame, ...KEPT.files]);

self.addEventListener("install", event => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  await Promise.all([KEPT.frame, ...KEPT.files].map(async address => {
    const answer = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
    // Signed out, the frame is the sign-in page: it must not be kept in its place.
    if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
    await cache.put(address, answer);
  }));
})()));

self.addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("pendataan-") && name !== CACHE) await caches.delete(name);
  }
  await clients.claim();
})()));

self.addEventListener("message", event => {
  if (event.data === "use") self.skipWaiting();
});

self.addEventListener("fetch", event => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const address = request.mode === "navigate" ? pathname : pathname + search;
  if (!ours.has(address)) return;
  event.respondWith(caches.open(CACHE).then(cache => cache.match(address)).then(kept => kept ?? fetch(request)));
});
