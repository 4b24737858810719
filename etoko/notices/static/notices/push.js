// Notifications on this device: the form asks the browser, puts its answer into a hidden field and is sent like
// any other. Without script, or where the browser knows no notifications, the form stays hidden.
(() => {
  const form = document.querySelector("form[data-push]");
  if (!form || !window.PushManager || !navigator.serviceWorker || !window.Notification) return;
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));
  const hash = async text => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
    byte => byte.toString(16).padStart(2, "0")).join("");

  const ask = async () => {
    if (await Notification.requestPermission() !== "granted") throw new Error(form.dataset.denied);
    const worker = await navigator.serviceWorker.register("/sw.js");
    await navigator.serviceWorker.ready;
    const known = await worker.pushManager.getSubscription();
    const key = bytes(form.dataset.push);
    const isOurs = known && new Uint8Array(known.options.applicationServerKey ?? []).join() === key.join();
    if (known && !isOurs) await known.unsubscribe();
    const given = isOurs ? known : await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    form.elements.subscription.value = JSON.stringify(given);
    form.submit();
  };

  const show = async () => {
    const worker = await navigator.serviceWorker.getRegistration("/");
    const known = await worker?.pushManager.getSubscription();
    const here = known && document.querySelector(`[data-device="${await hash(known.endpoint)}"]`);
    document.querySelector(".no-push")?.remove();
    if (here) here.hidden = false;
    else form.hidden = false;
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    event.stopPropagation();
    form.querySelector("[role=alert]")?.remove();
    ask().catch(problem => {
      const words = Object.assign(document.createElement("p"), { className: "error" });
      words.textContent = problem.message === form.dataset.denied ? form.dataset.denied : form.dataset.failed;
      words.setAttribute("role", "alert");
      form.append(words);
    });
  });
  show();
})();
