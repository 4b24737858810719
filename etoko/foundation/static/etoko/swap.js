// Brings htmx to the few pages that use it, once they can be read: what it does works without it too.
(() => {
  const { htmx } = document.currentScript.dataset;
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") detail.headers["X-CSRFToken"] = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  });
  addEventListener("load", () => document.head.append(Object.assign(document.createElement("script"), { src: htmx })));
})();
