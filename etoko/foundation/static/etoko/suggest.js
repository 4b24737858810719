// A combobox over what the server suggests: JSON [{text, href, note}] from the address in data-suggest.
export const attach = field => {
  if (field.role === "combobox") return;
  const box = Object.assign(document.createElement("ul"), { className: "suggestions", id: `${field.id}-saran` });
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", field.getAttribute("aria-label"));
  field.form.append(box);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", box.id);

  const show = found => {
    box.replaceChildren(...found.map(({ text, href, note }, at) => {
      const row = Object.assign(document.createElement("li"), { id: `${box.id}-${at}`, textContent: text });
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.dataset.href = href;
      if (note) row.append(Object.assign(document.createElement("small"), { textContent: note }));
      return row;
    }));
    field.setAttribute("aria-expanded", found.length > 0);
    field.removeAttribute("aria-activedescendant");
  };
  show([]);

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const words = field.value.trim();
      if (words.length < 2) return show([]);
      const answer = await fetch(`${field.form.dataset.suggest}?q=${encodeURIComponent(words)}`).catch(() => null);
      if (answer?.ok && field.value.trim() === words) show(await answer.json());
    }, 150);
  });

  field.addEventListener("keydown", event => {
    const rows = [...box.children], now = rows.findIndex(row => row.ariaSelected === "true");
    if (event.key === "Escape") return show([]);
    if (event.key === "Enter" && now >= 0) {
      event.preventDefault();
      return location.assign(rows[now].dataset.href);
    }
    if (!rows.length || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const next = event.key === "ArrowDown" ? (now + 1) % rows.length : (Math.max(now, 0) - 1 + rows.length) % rows.length;
    rows.forEach((row, at) => row.setAttribute("aria-selected", at === next));
    field.setAttribute("aria-activedescendant", rows[next].id);
  });

  // mousedown, because blur would take the list away before a click arrives.
  box.addEventListener("mousedown", event => {
    const row = event.target.closest("li");
    if (row) location.assign(row.dataset.href);
  });
  field.addEventListener("blur", () => show([]));
};
