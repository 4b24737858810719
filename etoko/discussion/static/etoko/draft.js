// What is typed stays on this phone until it is sent: under the key of its form, in localStorage. A form works
// without this file. A draft goes when the page of its thread says that something arrived (#kiriman-…), not when
// it leaves: what was sent without signal comes back.
(() => {
  const prefix = "draft:", sent = "draft-sent";
  const fields = form => [...form.elements].filter(field => /^(text|textarea|select-one)$/.test(field.type));
  const read = key => { try { return JSON.parse(localStorage.getItem(prefix + key) ?? "null"); } catch { return null; } };
  const form = document.querySelector("form[data-draft]");

  if (/^#kiriman-\d+$/.test(location.hash) || document.querySelector("[data-draft-arrived]")) {
    const key = sessionStorage.getItem(sent);
    if (key) localStorage.removeItem(prefix + key);
  }
  sessionStorage.removeItem(sent);
  if (!form) return;

  const key = form.dataset.draft, box = form.querySelector("[data-draft-box]");
  const typed = () => fields(form).some(field => field.type !== "select-one" && field.value.trim());
  const save = () => {
    const values = Object.fromEntries(fields(form).map(field => [field.name, field.value]));
    try {
      if (typed()) localStorage.setItem(prefix + key, JSON.stringify(values)); else localStorage.removeItem(prefix + key);
    } catch { /* full, or refused: the form goes on without */ }
  };
  const kept = read(key);
  if (kept && !typed()) {
    for (const field of fields(form)) if (kept[field.name]) field.value = kept[field.name];
    if (box) box.hidden = false;
  }
  box?.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(prefix + key);
    for (const field of fields(form)) if (field.type !== "select-one") field.value = "";
    box.hidden = true;
  });
  form.addEventListener("input", save);
  form.addEventListener("submit", () => { save(); sessionStorage.setItem(sent, key); });
})();
