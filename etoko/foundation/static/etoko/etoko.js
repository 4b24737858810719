// Everything works without this file; it makes things nicer. No page needs its own script for what is here.
(() => {
  const root = document.documentElement, all = (what, inside = document) => inside.querySelectorAll(what);
  const { suggest, close } = document.currentScript.dataset;

  // Pages come from a cache shared by everybody: what is personal is filled in from the cookie `tk`.
  const cookie = name => decodeURIComponent(document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "");
  const fillPersonal = () => {
    const known = new URLSearchParams(cookie("tk").replace(/^"|"$/g, ""));
    for (const place of all("[data-tk]")) {
      const value = known.get(place.dataset.tk);
      if (place.dataset.tk === "name") { if (value) place.textContent = value; continue; }
      place.hidden = !value;
      place.textContent = value > 99 ? "99+" : value;
    }
  };

  const theme = value => {
    if (value) root.dataset.theme = value; else delete root.dataset.theme;
    for (const choice of all("[name=tema]")) choice.checked = choice.value === (value || "");
  };

  const say = words => {
    const toast = Object.assign(document.createElement("p"), { className: "toast", textContent: words });
    toast.setAttribute("role", "status");
    document.body.append(toast);
    setTimeout(() => toast.remove(), 2500);
  };

  const money = field => {
    const digits = field.value.replace(/\D/g, "");
    if (/^[\d.\s]*$/.test(field.value)) field.value = digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");
  };

  const step = button => {
    const field = button.parentElement.querySelector("input");
    const next = Math.max(+field.min, +field.value + +button.dataset.step);
    field.value = field.max ? Math.min(+field.max, next) : next;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // A link with data-dialog shows the form of the page it leads to; the form itself is sent as always.
  const openPage = async link => {
    const answer = await fetch(link.href, { headers: { "X-Requested-With": "dialog" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-dialog-part], main form");
    if (!answer.ok || !part) return location.assign(link.href);
    const dialog = document.createElement("dialog");
    dialog.innerHTML = '<div class="body"><form method="dialog" class="dialog-close"><button class="button quiet icon-button">×</button></form></div>';
    dialog.querySelector("button").ariaLabel = close;
    dialog.firstChild.append(part);
    dialog.ariaLabel = link.textContent.trim();
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("click", event => {
    const at = event.target.closest("[data-step],[data-copy],[data-share],[data-open],[data-dialog],[data-print]");
    if (event.target.tagName === "DIALOG") event.target.close();
    if (!at || event.ctrlKey || event.metaKey) return;
    const data = at.dataset;
    if (data.step) step(at);
    else if (data.copy !== undefined) navigator.clipboard?.writeText(data.copy).then(() => say(data.copied));
    else if (data.print !== undefined) print();
    else if (data.open) document.getElementById(data.open)?.showModal();
    else if (data.share && navigator.share) {
      event.preventDefault();
      navigator.share({ title: data.shareTitle, text: data.shareText, url: new URL(data.share, location).href }).catch(() => {});
    } else if (data.dialog !== undefined) {
      event.preventDefault();
      openPage(at).catch(() => location.assign(at.href));
    }
  });

  document.addEventListener("input", ({ target }) => {
    if (target.dataset.money !== undefined) money(target);
  });

  document.addEventListener("change", ({ target }) => {
    if (target.name === "tema") {
      document.cookie = `tema=${target.value};path=/;max-age=31536000;samesite=lax`;
      theme(target.value);
    }
    if (target.type === "file") {
      const name = target.parentElement.querySelector(".file-name");
      if (name) name.textContent = [...target.files].map(file => file.name).join(", ");
    }
    if (target.dataset.submit !== undefined) target.form.requestSubmit();
  });

  // Two taps on one button send one form; the server's one-time key holds where this does not.
  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) delete form.dataset.sent;
    for (const button of all("[aria-busy]")) button.removeAttribute("aria-busy");
    fillPersonal();
  });

  // Suggestions while typing: another script, fetched when somebody first goes to a search field.
  document.addEventListener("focusin", ({ target }) => {
    if (target.form?.dataset.suggest && target.type === "search") import(suggest).then(part => part.attach(target));
  });

  document.body.addEventListener("htmx:afterSettle", fillPersonal);

  theme(cookie("tema") || root.dataset.theme);
  for (const field of all("[data-money]")) money(field);
  document.querySelector("[data-focus]")?.focus();
})();
