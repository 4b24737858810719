// On the page of signing out: what the census keeps on this phone goes too, and what has not arrived is told first.
(() => {
  const told = document.querySelector("[data-census-left]");
  const form = document.querySelector("main form[method=post]");
  if (!told || !form || !window.indexedDB?.databases) return;

  const kept = async () => (await indexedDB.databases()).some(({ name }) => name === "pendataan");
  const unsent = () => new Promise(done => {
    const asking = indexedDB.open("pendataan");
    asking.onerror = () => done(0);
    asking.onsuccess = () => {
      const base = asking.result;
      const all = base.objectStoreNames.contains("sheets") && base.transaction("sheets").objectStore("sheets").getAll();
      if (!all) return done(0);
      all.onsuccess = () => { base.close(); done(all.result.filter(one => one.state !== "sent").length); };
    };
  });
  const wipe = async () => {
    await new Promise(done => {
      const asking = indexedDB.deleteDatabase("pendataan");
      asking.onsuccess = asking.onerror = asking.onblocked = done;
    });
    for (const name of await caches.keys()) if (name.startsWith("pendataan-")) await caches.delete(name);
    await (await navigator.serviceWorker?.getRegistration("/pendataan/"))?.unregister();
  };

  kept().then(async there => {
    if (!there) return;
    const left = await unsent();
    if (left) {
      told.querySelector("p").textContent = told.dataset.censusLeft.replace("{n}", left);
      told.hidden = false;
    }
    form.addEventListener("submit", event => {
      event.preventDefault();
      wipe().finally(() => form.submit());
    });
  });
})();
