"use strict";
// Lays a movable map over the drawn one. Points come from the GeoJSON feed, the ground only if one is set.
(() => {
  const frame = document.querySelector("[data-map]");
  if (!frame || !window.L) return;
  fetch(frame.dataset.map).then((answer) => answer.json()).then(({ features }) => {
    if (!features.length) return;
    frame.replaceChildren();
    frame.classList.add("live");
    // Leaflet's sheet stands outside our layers and would win with its grey.
    frame.style.backgroundColor = "var(--leaf-tint)";
    const map = L.map(frame, { attributionControl: Boolean(frame.dataset.tiles), zoomSnap: 0.25 });
    if (frame.dataset.tiles) L.tileLayer(frame.dataset.tiles, { maxZoom: 19, attribution: frame.dataset.credit }).addTo(map);
    const places = features.map(({ geometry, properties }) => {
      const [longitude, latitude] = geometry.coordinates;
      const words = document.createElement("div");
      const link = Object.assign(document.createElement("a"), { href: properties.tautan, textContent: properties.nama });
      const place = Object.assign(document.createElement("div"), { textContent: `${properties.desa} · ${properties.jenis}` });
      words.append(link, place);
      L.circleMarker([latitude, longitude], { radius: 7, className: "map-dot" }).bindPopup(words).addTo(map);
      return [latitude, longitude];
    });
    map.fitBounds(places, { padding: [24, 24], maxZoom: 16 });
  });
})();
