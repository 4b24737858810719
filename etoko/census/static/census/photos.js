// Photos are made small on the phone: redrawn, so that neither place nor time of taking goes along.
const LONGEST = 1280;

// {sha256, bytes} of a photo that somebody took; throws when it is none.
export const smallPhoto = async file => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const part = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.max(1, Math.round(picture.width * part)), height: Math.max(1, Math.round(picture.height * part)),
  });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise(done => canvas.toBlob(done, "image/jpeg", 0.8));
  // The memory of a cheap phone: the canvas is let go at once, not when somebody tidies up.
  canvas.width = canvas.height = 0;
  const bytes = await small.arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { sha256: [...hash].map(byte => byte.toString(16).padStart(2, "0")).join(""), bytes };
};
