// Today's visits where there may be no connection: what is recorded is kept on the device first,
// sent when it can be, and taken away when the answer is here. The same reference goes with it each
// time, so nothing is there twice. Where the device is, is never asked.
"use strict";

(() => {
  const place = document.getElementById("kept");
  if (!place) return;
  const words = document.getElementById("kept-words").dataset;
  const line = document.getElementById("kept-line");
  const list = document.getElementById("kept-list");
  const whose = `${place.dataset.company}:${place.dataset.user}`;
  const asReceived = `<!doctype html>\n${document.documentElement.outerHTML}`;
  const SOON = 15000;
  let connected = navigator.onLine;
  let session = true;
  let sending = false;

  const say = (text) => {
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text;
  };

  if (!self.kept.works()) {
    if (!connected) say(words.plain);
    return;
  }

  // ——— The time: the site's, also when the device's own clock is wrong or there is no connection.

  let ahead = 0;
  const now = (device = Date.now()) => {
    const moment = new Date(device + ahead);
    moment.setSeconds(0, 0);
    return moment;
  };
  // How far the device's clock is from the site's, as it was told the last time.
  const told = self.kept.fact("ahead").then((known) => {
    ahead = known || 0;
  });
  let keeps = true;
  told.catch(() => {
    keeps = false;
  });
  const clock = (moment) => {
    const separator = document.documentElement.lang === "en" ? ":" : ".";
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Europe/Helsinki", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(moment);
    const of = (type) => parts.find((one) => one.type === type).value;
    return `${Number(of("hour"))}${separator}${of("minute")}`;
  };
  // A time of day on the page's own day, as a moment.
  const onDay = (day, time, later) => {
    const [year, month, date] = day.split("-").map(Number);
    const [hour, minute] = time.split(":").map(Number);
    const guess = Date.UTC(year, month - 1, date + (later ? 1 : 0), hour, minute);
    const shown = new Intl.DateTimeFormat("en-GB", {
      timeZone: "Europe/Helsinki", hour: "2-digit", minute: "2-digit", day: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date(guess));
    const of = (type) => Number(shown.find((one) => one.type === type).value);
    const zone = ((of("hour") * 60 + of("minute") - hour * 60 - minute + 1440) % 1440) * 60000;
    return new Date(guess - zone);
  };

  // ——— The site: whether it answers, and what it says.

  const ask = async (more = {}) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 8000);
    try {
      return await fetch(place.dataset.address, {
        credentials: "same-origin", cache: "no-store", redirect: "manual", signal: stop.signal, ...more,
      });
    } finally {
      clearTimeout(timer);
    }
  };

  const greet = async () => {
    try {
      const answer = await ask();
      connected = true;
      session = answer.ok;
      if (!answer.ok) return null;
      const said = await answer.json();
      if (String(said.user) !== place.dataset.user) {
        session = false;
        return null;
      }
      ahead = new Date(said.now) - Date.now();
      await self.kept.keepFact("ahead", ahead);
      return said;
    } catch {
      connected = false;
      return null;
    }
  };

  const send = async () => {
    if (sending) return;
    sending = true;
    try {
      const said = await greet();
      const waiting = (await self.kept.visits(whose)).filter((one) => !one.refused);
      if (!said || !waiting.length) return;
      say(words.sending);
      for (const one of waiting) if (!one.tried) await self.kept.keep(whose, { ...one, tried: true });
      const answer = await ask({
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": said.token },
        body: JSON.stringify({ visits: waiting.map(({ before, tried, ...visit }) => visit) }),
      });
      if (!answer.ok) return;
      const { answers } = await answer.json();
      let changed = false;
      for (const one of answers) {
        const sent = waiting.find((visit) => visit.reference === one.reference);
        // It was ended while its start was on the way: the end goes next time.
        const newest = (await self.kept.visits(whose)).find((visit) => visit.reference === one.reference);
        if (!sent || !newest || newest.at !== sent.at) continue;
        if (one.outcome === "refused" && one.at !== "server") {
          await self.kept.keep(whose, { ...sent, refused: { what: one.what, mend: one.mend } });
        } else {
          await self.kept.forget(whose, one.reference);
          changed = true;
        }
      }
      if (changed) {
        await count();
        location.replace(location.pathname);
      }
    } catch {
      connected = false;
    } finally {
      sending = false;
      await draw();
    }
  };

  // ——— What is on the screen.

  const count = async () => {
    const waiting = (await self.kept.visits(whose)).filter((one) => !one.refused).length;
    localStorage.setItem(self.kept.COUNT, String(waiting));
    return waiting;
  };

  const tag = (where, text, tone) => {
    const mark = document.createElement("span");
    mark.className = "ds-tag tag";
    mark.dataset.tone = tone;
    mark.textContent = text;
    where.replaceChildren(mark);
  };

  const drawCards = (visits) => {
    for (const one of document.querySelectorAll(".visit-card[data-reference]")) {
      const visit = visits.find((each) => each.reference === one.dataset.reference);
      const begin = one.querySelector("[data-keep=start]");
      const end = one.querySelector("[data-keep=stop]");
      if (!begin || !end) continue;
      const began = one.dataset.started || (visit && visit.kind === "start" && visit.started_at);
      const over = Boolean(visit && visit.kind === "visit");
      begin.hidden = Boolean(began) || over;
      end.hidden = !began || over;
      one.classList.toggle("going-on", Boolean(began) && !over);
      const after = one.querySelector("details.after");
      if (after) after.hidden = over;
      if (visit) {
        const text = visit.refused ? words.refused : over ? words.kept : words.started;
        tag(one.querySelector("[data-tag]"), text, "sun");
      }
      const shown = one.querySelector("[data-clock]");
      shown.hidden = !began || over;
      if (began && !over) {
        const minutes = Math.max(0, Math.floor((now() - new Date(began)) / 60000));
        const two = (number) => String(number).padStart(2, "0");
        shown.textContent = `${two(Math.floor(minutes / 60))}.${two(minutes % 60)}`;
      }
    }
  };

  // What was never sent can be taken back here: an end first, then the beginning. What was sent
  // may be there although no answer came, and is taken back from its own page.
  const undo = (visit) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-link";
    button.append(words.undo);
    const named = document.createElement("span");
    named.className = "ds-sr-only";
    named.textContent = ` ${visit.who}`;
    button.append(named);
    button.addEventListener("click", async () => {
      if (sending) return;
      if (visit.before) await self.kept.keep(whose, { ...visit.before, at: Date.now() });
      else await self.kept.forget(whose, visit.reference);
      await draw();
      line.tabIndex = -1;
      (list.querySelector("button") || line).focus();
    });
    return button;
  };

  const drawList = (visits) => {
    const rows = visits.map((visit) => {
      const row = document.createElement("li");
      const head = document.createElement("p");
      head.className = "line-name";
      const ends = visit.ended_at ? `–${clock(new Date(visit.ended_at))}` : "";
      const when = `${clock(new Date(visit.started_at))}${ends}`;
      head.textContent = `${when} ${visit.who}`;
      const state = document.createElement("p");
      const mark = visit.refused ? words.refused : visit.kind === "visit" ? words.kept : words.started;
      tag(state, mark, visit.refused ? "sun" : "pine");
      row.append(state, head);
      if (visit.refused) {
        const why = document.createElement("p");
        why.textContent = `${visit.refused.what} ${visit.refused.mend}`;
        const away = document.createElement("button");
        away.type = "button";
        away.className = "ds-link";
        away.textContent = words.remove;
        away.addEventListener("click", async () => {
          await self.kept.forget(whose, visit.reference);
          await draw();
        });
        row.append(why, away);
      } else if (!visit.tried) {
        row.append(undo(visit));
      }
      return row;
    });
    list.hidden = !rows.length;
    list.replaceChildren(...rows);
  };

  const draw = async () => {
    const visits = await self.kept.visits(whose);
    const waiting = await count();
    if (!session) say(waiting ? words.signIn : "");
    else if (waiting === 1) say(words.one);
    else if (waiting) say(words.many.replace("#", String(waiting)));
    else say(connected ? "" : words.none);
    drawCards(visits);
    drawList(visits);
  };

  // ——— What is recorded.

  const fault = (form, text) => {
    let told = form.querySelector("[data-fault]");
    if (!told) {
      told = document.createElement("p");
      told.className = "ds-validation-message";
      told.dataset.fault = "";
      told.tabIndex = -1;
      form.append(told);
    }
    told.textContent = text;
    told.focus();
  };

  // `pressed` is the device's time when the button was pressed: the device may be slow after that.
  const recorded = async (form, pressed) => {
    const place = form.closest("[data-reference]");
    const { reference, order, who, started } = place.dataset;
    const known = (await self.kept.visits(whose)).find((one) => one.reference === reference);
    const base = { reference, order, who, at: Date.now() };
    if (form.dataset.keep === "start") {
      return { ...base, kind: "start", started_at: now(pressed).toISOString() };
    }
    if (form.dataset.keep === "stop") {
      const began = started || (known && known.started_at);
      const ended = now(pressed);
      if (ended <= new Date(began)) {
        fault(form, words.short);
        return null;
      }
      const before = known && known.kind === "start" ? known : undefined;
      return { ...base, kind: "visit", started_at: began, ended_at: ended.toISOString(), before };
    }
    const given = new FormData(form);
    const starts = given.get("starts");
    const ends = given.get("ends");
    if (starts === ends) {
      fault(form, words.order);
      return null;
    }
    const day = given.get("day");
    return {
      ...base,
      kind: "visit",
      started_at: onDay(day, starts, false).toISOString(),
      ended_at: onDay(day, ends, ends < starts).toISOString(),
    };
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-keep]");
    // Where nothing can be kept the form goes to the site as it is.
    if (!form || !keeps) return;
    event.preventDefault();
    const pressed = Date.now();
    (async () => {
      await told;
      const visit = await recorded(form, pressed);
      if (!visit) return;
      await self.kept.keep(whose, visit);
      await draw();
      line.scrollIntoView({ block: "nearest" });
      await send();
    })();
  });

  // ——— The beginning.

  const midnight = () => {
    const end = new Date();
    end.setHours(24, 0, 0, 0);
    return end.getTime();
  };

  const prepare = async () => {
    await told;
    await draw();
    const said = await greet();
    if (said && "fromDevice" in document.documentElement.dataset) {
      await send();
      location.replace(location.pathname);
      return;
    }
    if (said) {
      await self.kept.keepPage(location.pathname, asReceived, midnight());
      if (navigator.serviceWorker) {
        await navigator.serviceWorker.register(place.dataset.worker, { scope: "/provider/" });
        const ready = await navigator.serviceWorker.ready;
        const parts = performance
          .getEntriesByType("resource")
          .map((one) => one.name)
          .filter((name) => name.startsWith(`${location.origin}/static/`));
        ready.active.postMessage({ parts });
      }
      document.documentElement.dataset.keptReady = "";
    }
    await send();
  };

  window.addEventListener("online", send);
  window.addEventListener("offline", () => {
    connected = false;
    draw();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) send();
  });
  setInterval(async () => {
    if ((await count()) || !connected) await send();
    else await draw();
  }, SOON);
  prepare().catch(() => say(words.plain));
})();
