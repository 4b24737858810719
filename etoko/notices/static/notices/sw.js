// Shows the news that the server pushes, also while no page of ours is open. It keeps no pages.
self.addEventListener("push", event => {
  const said = event.data?.json() ?? {};
  event.waitUntil(registration.showNotification(said.title || "e-Toko PKK", {
    body: said.body,
    tag: said.tag, // a notice that comes twice is shown once
    icon: "/static/etoko/icon-192.png",
    data: { path: said.path },
  }));
});

self.addEventListener("notificationclick", event => {
  const { path } = event.notification.data ?? {};
  const address = new URL(path?.startsWith("/") ? path : "/kabar/", location.origin).href;
  event.notification.close();
  event.waitUntil((async () => {
    const [open] = await clients.matchAll({ type: "window" });
    if (!open) return clients.openWindow(address);
    await open.focus();
    return open.navigate(address);
  })());
});
