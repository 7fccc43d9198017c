// What makes pages easier where there is JavaScript. Every page works without it.
"use strict";

(() => {
  // A form that came back with faults: go to the summary, as a reader of the screen would want.
  const faults = document.querySelector("[data-faults]");
  if (faults) faults.focus();

  // A message about what was just done is read first.
  const told = document.querySelector("[data-told]");
  if (told && !faults) told.focus({ preventScroll: true });

  // A choice that sends its form at once, where the page says so.
  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-send-on-change]");
    if (field && field.form) field.form.requestSubmit();
  });

  // Signing out wipes what is kept on the device; what has not been sent yet is asked about first.
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-sign-out]");
    if (!form || event.defaultPrevented) return;
    let waiting = 0;
    try {
      waiting = Number(localStorage.getItem("valinta-kept"));
    } catch {
      return;
    }
    if (waiting > 0 && !window.confirm(form.dataset.signOut)) event.preventDefault();
    else sessionStorage.setItem("valinta-leaving", "1");
  });
  // The answer to signing out tells the browser to wipe it; for a browser that does not listen:
  try {
    if (sessionStorage.getItem("valinta-leaving") && !document.querySelector("form[data-sign-out]")) {
      sessionStorage.removeItem("valinta-leaving");
      localStorage.removeItem("valinta-kept");
      indexedDB.deleteDatabase("valinta-visits");
      if (window.caches) caches.delete("valinta-parts");
    }
  } catch {
    // Without storage there is nothing to wipe.
  }
  // Ticking all boxes of a form, or none. The link does the same by opening the page anew.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-tick]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const box of link.closest("form").querySelectorAll("input[type=checkbox]"))
      box.checked = link.dataset.tick === "all";
  });

  // Read aloud, with the browser's own voice, part by part so that a long page does not stop.
  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;
  const language = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" }[document.documentElement.lang];
  const words = button.querySelector("[data-words]");
  button.hidden = false;

  const parts = () => {
    const found = [];
    const readable = "h1, h2, h3, p, li, dt, dd, th, td, label, legend, summary, button, a.ds-button";
    for (const part of document.querySelectorAll(`main :is(${readable})`)) {
      if (part.closest("[hidden], [aria-hidden=true], [data-silent]")) continue;
      if (part.parentElement.closest(`main :is(${readable})`)) continue;
      const text = part.innerText.replace(/\s+/g, " ").trim();
      if (text) found.push(text);
    }
    return found;
  };
  const show = (reading) => {
    button.setAttribute("aria-pressed", String(reading));
    words.textContent = reading ? button.dataset.stop : button.dataset.start;
  };
  const stop = () => {
    speech.cancel();
    show(false);
  };
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") return stop();
    speech.cancel();
    show(true);
    const all = parts();
    all.forEach((text, index) => {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = language;
      said.rate = 0.95;
      said.onerror = () => show(false);
      if (index === all.length - 1) said.onend = () => show(false);
      speech.speak(said);
    });
  });
  window.addEventListener("pagehide", () => speech.cancel());
})();
