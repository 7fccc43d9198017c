// Opens today's visits when there is no connection. The page is kept encrypted (kept.js); style
// sheets, letters and programs hold nothing of anybody and are kept as they are.
"use strict";

importScripts(...self.known.parts);

const SHELF = "valinta-parts";
const TODAY = /^\/provider\/\d+\/today\/$/;
const PATIENCE = 8000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page says which parts it is made of.
self.addEventListener("message", (event) => {
  const parts = event.data && event.data.parts;
  if (!Array.isArray(parts)) return;
  event.waitUntil(
    caches.open(SHELF).then(async (shelf) => {
      const old = await shelf.keys();
      await Promise.all(old.filter((one) => !parts.includes(one.url)).map((one) => shelf.delete(one)));
      await Promise.all(
        parts.map(async (part) => (await shelf.match(part)) || shelf.add(part).catch(() => undefined)),
      );
    }),
  );
});

const fromTheNet = (request) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  return fetch(request, { signal: stop.signal }).finally(() => clearTimeout(timer));
};

const today = async (request) => {
  const path = new URL(request.url).pathname;
  try {
    const answer = await fromTheNet(request);
    // Not this reader's page any more: signed out elsewhere, or the session is over.
    if (answer.type === "opaqueredirect") await self.kept.dropPage(path).catch(() => undefined);
    return answer;
  } catch (error) {
    const text = await self.kept.page(path).catch(() => null);
    if (!text) throw error;
    // The page asks for itself anew as soon as there is a connection.
    return new Response(text.replace("<html ", "<html data-from-device "), {
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": self.known.policy,
        "Cache-Control": "no-store",
      },
    });
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (TODAY.test(address.pathname) && !address.search) event.respondWith(today(request));
    return;
  }
  // Only what the page said it is made of; everything else is between the page and the site.
  if (!address.pathname.startsWith("/static/")) return;
  event.respondWith(
    caches.open(SHELF).then(async (shelf) => {
      // The newest part where there is a connection; a kept one is for when there is none.
      const part = await shelf.match(request);
      if (!part) return fetch(request);
      return fromTheNet(request).catch(() => part);
    }),
  );
});
