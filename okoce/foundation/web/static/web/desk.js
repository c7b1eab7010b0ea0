/* The registration desk: Enter moves on, a queue keeps what the line did not carry, every person is sent under one key.
   The queue lies in localStorage, one sealed entry per person; the key of the seal comes with the page and is the officer's
   own, so the next officer at this device cannot read it. Without crypto (plain http) it lives as long as the page. */
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const say = desk.dataset;
  const prefix = `okoce.desk.${say.owner}.`;
  const subtle = window.crypto.subtle;
  const state = desk.querySelector("[data-desk-state]");
  const list = desk.querySelector("[data-desk-queue]");
  const queue = new Map(); // key → {key, body, name, sentence, done}
  let isSending = false, isSignedOut = false, hint = "";

  const form = () => desk.querySelector("[data-desk-form]");
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const sealing = subtle && subtle.importKey("raw", bytes(say.seal), "AES-GCM", false, ["encrypt", "decrypt"]);

  async function keep(entry) {
    queue.set(entry.key, entry);
    show();
    if (!subtle) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(entry));
    const sealed = new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, await sealing, text));
    if (queue.get(entry.key) === entry) localStorage.setItem(prefix + entry.key, btoa(String.fromCharCode(...iv, ...sealed)));
  }

  function drop(key) {
    queue.delete(key);
    localStorage.removeItem(prefix + key);
    show();
  }

  async function open() {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
      try {
        const raw = bytes(localStorage.getItem(name));
        const text = await subtle.decrypt({ name: "AES-GCM", iv: raw.slice(0, 12) }, await sealing, raw.slice(12));
        const entry = JSON.parse(new TextDecoder().decode(text));
        queue.set(entry.key, entry);
      } catch { /* sealed under a former key of the installation: nobody can read it any more */ }
    }
    show();
    flush();
  }

  function show() {
    const all = [...queue.values()];
    const waiting = all.filter((entry) => !entry.sentence && !entry.done && !entry.live).length;
    const refused = all.filter((entry) => entry.sentence).length;
    const lines = [hint, isSignedOut && waiting && say.saySignedOut, waiting && (subtle ? say.sayWaiting : say.sayMemory).replace("%s", waiting),
      refused && say.sayRefused.replace("%s", refused)].filter(Boolean);
    state.hidden = !lines.length && !list.children.length;
    state.querySelector("[data-desk-sentence]").textContent = lines.join(" ");
    for (const entry of all.filter((one) => !one.live)) line(entry);
    for (const item of [...list.children]) if (!queue.has(item.dataset.key) && !item.dataset.done) item.remove();
  }

  function line(entry) {
    let item = list.querySelector(`[data-key="${entry.key}"]`);
    if (!item) {
      item = list.appendChild(document.createElement("li"));
      item.dataset.key = entry.key;
      item.append(Object.assign(document.createElement("b"), { textContent: entry.name }), document.createElement("span"));
    }
    const text = item.lastElementChild;
    if (!entry.sentence) text.textContent = say.sayKept;
    else if (!item.dataset.refused) {
      item.dataset.refused = "true";
      text.innerHTML = entry.sentence;
      text.append(Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary button-small", textContent: say.sayCorrect }));
    }
  }

  async function send(entry, target) {
    const body = new URLSearchParams(entry.body);
    body.set("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
    const answer = await fetch(say.desk, {
      method: "POST", body, headers: { "HX-Request": "true", "HX-Target": target }, signal: AbortSignal.timeout(15000),
    });
    isSignedOut = answer.redirected;
    if (!answer.headers.has("Okoce-Desk")) throw new Error(answer.status);
    return answer;
  }

  async function flush() {
    if (isSending) return;
    isSending = true;
    try {
      for (const entry of [...queue.values()].filter((one) => !one.sentence && !one.live)) {
        const answer = await send(entry, "desk-queue");
        const html = await answer.text();
        const text = list.querySelector(`[data-key="${entry.key}"] span`);
        if (answer.status === 422) {
          entry.sentence = new DOMParser().parseFromString(html, "text/html").querySelector("span").outerHTML;
          await keep(entry);
        } else {
          text.parentElement.dataset.done = "true";
          htmx.swap(text, html, { swapStyle: "innerHTML" });
          drop(entry.key);
        }
      }
    } catch { /* the line is down, or nobody is signed in: tried again */ }
    isSending = false;
    show();
  }

  async function submit(sent) {
    if (sent.ariaBusy === "true") return;
    sent.ariaBusy = "true";
    const told = new FormData(sent);
    const entry = { key: told.get("key"), body: new URLSearchParams(told).toString(), name: told.get("name") || told.get("phone"), live: true };
    await keep(entry);
    try {
      swap(await (await send(entry, "desk-work")).text());
      drop(entry.key);
    } catch {
      const isWhole = told.get("name").trim() && (told.get("phone") + told.get("nik")).trim() && told.get("consent");
      hint = isWhole ? "" : say.sayIncomplete;
      delete entry.live;
      if (isWhole) { await keep(entry); next(sent); } else { drop(entry.key); sent.elements.name.focus(); }
    }
    sent.ariaBusy = null;
  }

  function swap(html) {
    hint = "";
    htmx.swap("#desk-work", html, { swapStyle: "outerHTML", settleDelay: 0 });
  }

  function next(sent) { // the same page for the next person: what is alike for all stays
    for (const field of sent.querySelectorAll("[data-desk-person] :is(input, select)")) {
      if (field.type === "checkbox") field.checked = false; else field.value = "";
    }
    sent.elements.key.value = newKey();
    const search = desk.querySelector("[data-desk-search] [name=q]");
    search.value = "";
    search.focus();
  }

  function carry() { // no search without a line: what was typed goes where it belongs
    const text = desk.querySelector("[data-desk-search] [name=q]").value.trim();
    const digits = text.replace(/[\s.()+-]/g, "");
    const name = !/^\d+$/.test(digits) ? "name" : digits.length === 16 ? "nik" : "phone";
    form().elements[name].value = text;
    hint = say.sayOffline;
    show();
    form().elements[name === "name" ? "phone" : "name"].focus();
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target, within = field.closest("[data-desk-form]");
    if (event.key !== "Enter" || !within || event.isComposing || field.matches("button, summary, a")) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return submit(within);
    const fields = [...within.querySelectorAll("input:not([type=hidden]), select, button")].filter((one) => one.offsetParent);
    fields[fields.indexOf(field) + 1].focus();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-desk-form]")) { event.preventDefault(); submit(event.target); }
    if (!event.target.matches(".shell-person") || !queue.size) return;
    if (!window.confirm(say.sayLeave.replace("%s", queue.size))) event.preventDefault();
    else [...queue.keys()].forEach(drop);
  });
  list.addEventListener("click", async (event) => {
    const entry = event.target.matches("button") && queue.get(event.target.closest("li").dataset.key);
    if (entry) try { swap(await (await send(entry, "desk-work")).text()); } catch { show(); }
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    desk.addEventListener(name, (event) => event.target.matches("[data-desk-search]") && carry());
  }
  desk.addEventListener("htmx:beforeSwap", (event) => {
    if (event.target.id !== "desk-work" || event.detail.xhr.getResponseHeader("Okoce-Desk")) return;
    event.detail.shouldSwap = false;
    carry();
  });
  window.addEventListener("online", flush);
  setInterval(() => queue.size && flush(), 10000);
  form().elements.key.value = newKey(); // a page out of a cache must not send two people under one key
  if (subtle) open();
})();
