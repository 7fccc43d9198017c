// Visits kept on this device until there is a connection, and today's page for opening without one.
// Everything is encrypted with a key that never leaves the browser's own keeping; signing out
// removes the key and the data. Used by the page and by the program in offline.js.
"use strict";

self.kept = (() => {
  const NAME = "valinta-visits";
  const COUNT = "valinta-kept";

  const wait = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const open = () => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const store of ["keys", "visits", "pages", "facts"]) request.result.createObjectStore(store);
    };
    return wait(request);
  };

  const within = async (store, mode, work) => {
    const base = await open();
    try {
      const transaction = base.transaction(store, mode);
      const done = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
      const result = await work(transaction.objectStore(store));
      await done;
      return result;
    } finally {
      base.close();
    }
  };

  // Made once. It can be used, and never be read out of the browser.
  const key = async () => {
    const known = await within("keys", "readonly", (store) => wait(store.get("own")));
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await within("keys", "readwrite", (store) => {
      // Another window may have been faster: the first key stays.
      store.add(made, "own").onerror = (event) => {
        event.preventDefault();
        event.stopPropagation();
      };
    });
    return within("keys", "readonly", (store) => wait(store.get("own")));
  };

  const hide = async (value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain) };
  };

  const show = async (hidden) => {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: hidden.iv }, await key(), hidden.data);
    return JSON.parse(new TextDecoder().decode(plain));
  };

  // One after another: a record is read, changed and written with encryption in between.
  const put = async (store, name, value, more = {}) => {
    const record = { ...(await hide(value)), ...more };
    await within(store, "readwrite", (rows) => wait(rows.put(record, name)));
  };

  const drop = (store, name) => within(store, "readwrite", (rows) => wait(rows.delete(name)));

  const visits = async (whose) => {
    const rows = await within("visits", "readonly", (store) => wait(store.getAll()));
    const own = rows.filter((row) => row.whose === whose);
    const found = [];
    for (const row of own) found.push(await show(row));
    return found.sort((one, two) => one.at - two.at);
  };

  const page = async (path) => {
    const row = await within("pages", "readonly", (store) => wait(store.get(path)));
    if (!row) return null;
    if (row.until < Date.now()) {
      await drop("pages", path);
      return null;
    }
    return show(row);
  };

  const wipe = async () => {
    await wait(indexedDB.deleteDatabase(NAME));
    if (self.caches) for (const name of await caches.keys()) await caches.delete(name);
    if (self.localStorage) localStorage.removeItem(COUNT);
  };

  return {
    COUNT,
    visits,
    page,
    wipe,
    works: () => Boolean(self.indexedDB && self.isSecureContext && crypto.subtle),
    keep: (whose, visit) => put("visits", `${whose}:${visit.reference}`, visit, { whose }),
    forget: (whose, reference) => drop("visits", `${whose}:${reference}`),
    keepPage: (path, text, until) => put("pages", path, text, { until }),
    dropPage: (path) => drop("pages", path),
    fact: (name) => within("facts", "readonly", (store) => wait(store.get(name))),
    keepFact: (name, value) => within("facts", "readwrite", (store) => wait(store.put(value, name))),
  };
})();
