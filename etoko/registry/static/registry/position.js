"use strict";
// Fills latitude and longitude from the phone. Without it the numbers are typed.
for (const button of document.querySelectorAll("[data-position]")) {
  const says = document.querySelector("[data-position-says]");
  button.addEventListener("click", () => {
    const denied = () => { says.textContent = button.dataset.denied; button.removeAttribute("aria-busy"); };
    if (!navigator.geolocation) return denied();
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      document.getElementById("id_latitude").value = coords.latitude.toFixed(6);
      document.getElementById("id_longitude").value = coords.longitude.toFixed(6);
      says.textContent = `${button.dataset.found} (±${Math.round(coords.accuracy)} m)`;
      button.removeAttribute("aria-busy");
    }, denied, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
  });
}
