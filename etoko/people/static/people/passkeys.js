// Passkeys: the form asks the device, puts its answer into a hidden field and is then sent like any other.
// Without script, without passkeys, or by an IP address the form stays hidden.
(() => {
  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const question = ({ publicKey: asked }) => {
    asked.challenge = bytes(asked.challenge);
    if (asked.user) asked.user.id = bytes(asked.user.id);
    for (const key of [...(asked.excludeCredentials ?? []), ...(asked.allowCredentials ?? [])]) key.id = bytes(key.id);
    return { publicKey: asked };
  };

  const answer = key => {
    const given = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[part]) given[part] = text(key.response[part]);
    }
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response: given, clientExtensionResults: {} });
  };

  const ask = async form => {
    const begun = await fetch(form.dataset.begin, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (!begun.ok) throw new Error(begun.status);
    form.elements.answer.value = answer(await navigator.credentials[form.dataset.passkey](question(await begun.json())));
    form.submit();
  };

  const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
  if (!window.PublicKeyCredential || isAddress) return;
  document.querySelector(".no-passkeys")?.remove();
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", event => {
      event.preventDefault();
      event.stopPropagation();
      form.querySelector("[role=alert]")?.remove();
      ask(form).catch(() => {
        const words = Object.assign(document.createElement("p"), { className: "error", textContent: form.dataset.failed });
        words.setAttribute("role", "alert");
        form.append(words);
      });
    });
  }
})();
