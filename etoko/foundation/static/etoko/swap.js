// Brings htmx to the few pages that use it, once they can be read: what it does works without it too.
(() => {
  const { htmx } = document.currentScript.dataset;
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") detail.headers["X-CSRFToken"] = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  });
  // New sums that arrive while somebody writes bring the field as it was before: what she has written stays.
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const typing = document.activeElement;
    const again = typing.matches("input[type=text]") && typing.id && detail.fragment.querySelector(`#${CSS.escape(typing.id)}`);
    if (again) again.value = typing.value;
  });
  addEventListener("load", () => document.head.append(Object.assign(document.createElement("script"), { src: htmx })));
})();
