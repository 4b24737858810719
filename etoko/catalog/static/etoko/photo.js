// Makes photos small on the phone before they are sent, shows them, and proposes a category from the name.
// Without it the server does all of this.
(() => {
  const LONGEST = 1600;
  const box = document.querySelector("[data-photos]");

  const shrink = async file => {
    if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < 400_000) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const part = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), {
      width: Math.round(picture.width * part), height: Math.round(picture.height * part),
    });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.88));
    return small && small.size < file.size ? new File([small], "foto.jpg", { type: "image/jpeg" }) : file;
  };

  const previews = () => {
    const place = box.querySelector("[data-previews]");
    const files = [...box.querySelectorAll("input[type=file]")].flatMap(field => [...field.files]);
    for (const old of place.querySelectorAll("img")) URL.revokeObjectURL(old.src);
    place.replaceChildren(...files.map(file => {
      const frame = Object.assign(document.createElement("div"), { className: "picture rounded" });
      frame.append(Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: "" }));
      return frame;
    }));
    place.hidden = !files.length;
  };

  const working = new Set();
  box?.addEventListener("change", ({ target }) => {
    if (target.type !== "file") return;
    const words = target.parentElement.querySelector(".file-name");
    if (words) words.textContent = box.dataset.uploading;
    const work = Promise.all([...target.files].map(file => shrink(file).catch(() => file))).then(files => {
      const bag = new DataTransfer();
      files.forEach(file => bag.items.add(file));
      target.files = bag.files;
      if (words) words.textContent = `${files.length} ${box.dataset.ready}`;
      previews();
    }).finally(() => working.delete(work));
    working.add(work);
  });

  // Sent while a photo is still being made small: wait for it, then send.
  document.querySelector("[data-photo-form]")?.addEventListener("submit", event => {
    if (!working.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    Promise.allSettled([...working]).then(() => target.requestSubmit(submitter));
  }, true);

  const hint = document.querySelector("[data-category-hint]");
  const choice = document.getElementById("id_category");
  let asked = 0;
  document.addEventListener("input", ({ target }) => {
    if (target.dataset.namesCategory === undefined || !hint) return;
    const mine = ++asked;
    setTimeout(async () => {
      if (mine !== asked) return;
      const answer = await fetch(`${hint.dataset.from}?nama=${encodeURIComponent(target.value)}`).catch(() => null);
      if (!answer?.ok || mine !== asked) return;
      const found = await answer.json();
      hint.hidden = !found.length;
      hint.replaceChildren(hint.dataset.words, ...found.map(({ slug, path }) => {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "chip", textContent: path });
        button.addEventListener("click", () => { choice.value = slug; hint.hidden = true; });
        return button;
      }));
    }, 250);
  });
})();
