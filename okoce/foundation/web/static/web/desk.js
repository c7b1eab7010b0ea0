// The registration desk: Enter moves on, a queue keeps what the line did not carry, each person is sent under one key.
// The queue lies in localStorage, one sealed entry a person. The key of the seal comes with the page and is the officer's own,
// so that nobody else at this device reads it: it outlives a sign-out, for thirty days. Where there is no crypto (plain http) or
// no room the queue lives as long as the page.
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const ALL = "okoce.desk.", OLDEST = 30 * 24 * 3600 * 1000;
  const say = desk.dataset, prefix = `${ALL}${say.owner}.`, { subtle } = crypto;
  const one = (selector) => desk.querySelector(selector);
  const state = one("[data-desk-state]"), [sentence, list] = state.children;
  const queue = new Map(); // key → { key, body, name, note, state: live | waiting | refused | sent }
  const those = (...states) => [...queue.values()].filter((entry) => states.includes(entry.state));
  const random = (size) => crypto.getRandomValues(new Uint8Array(size));
  const newKey = () => Array.from(random(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const sealing = subtle?.importKey("raw", bytes(say.seal), "AES-GCM", false, ["encrypt", "decrypt"]);
  let isSending = false, isSignedOut = false, isStored = Boolean(subtle), hint = "";

  async function keep(entry, change) {
    queue.set(entry.key, Object.assign(entry, change));
    try {
      if (subtle) localStorage.setItem(prefix + entry.key, `${Date.now()}.${await sealed(entry)}`);
    } catch { isStored = false; /* no room, or not allowed */ }
    show();
  }

  async function sealed(entry) {
    const iv = random(12), text = new TextEncoder().encode(JSON.stringify({ ...entry, state: entry.note ? "refused" : "waiting" }));
    return btoa(String.fromCharCode(...iv, ...new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv }, await sealing, text))));
  }

  function forget(key) {
    queue.delete(key);
    localStorage.removeItem(prefix + key);
    show();
  }

  async function recall() {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(ALL))) {
      const [at, text] = localStorage.getItem(name).split(".");
      if (!(Date.now() - at < OLDEST)) localStorage.removeItem(name);
      else if (name.startsWith(prefix)) await unseal(name, text);
    }
    show();
    flush();
  }

  async function unseal(name, told) {
    try {
      const raw = bytes(told);
      const text = await subtle.decrypt({ name: "AES-GCM", iv: raw.slice(0, 12) }, await sealing, raw.slice(12));
      queue.set(name.slice(prefix.length), JSON.parse(new TextDecoder().decode(text)));
    } catch { /* sealed under a former key of the installation: nobody reads it any more */ }
  }

  // The sign-out makes the browser forget everything; while anybody's sealed entries wait here, it forgets all but those.
  function mark() {
    const isUnsent = isStored && Object.keys(localStorage).some((name) => name.startsWith(ALL));
    document.cookie = `okoce_unsent=1; path=${say.signOut}; max-age=${isUnsent ? OLDEST / 1000 : 0}; samesite=lax`;
  }

  function show() {
    mark();
    const waiting = those("waiting").length, refused = those("refused").length;
    sentence.textContent = [
      hint, waiting && isSignedOut && hint !== say.signedOut && say.signedOut, waiting && (isStored ? say.waiting : say.memory).replace("%s", waiting),
      refused && say.refused.replace("%s", refused),
    ].filter(Boolean).join(" ");
    list.replaceChildren(...those("waiting", "refused", "sent").map(line));
    state.hidden = !sentence.textContent && !list.children.length;
  }

  function line(entry) {
    const make = (tag, textContent, more) => Object.assign(document.createElement(tag), { textContent, ...more });
    const item = make("li", "", { className: `desk-${entry.state}` });
    item.append(make("b", entry.name, { dir: "auto" }), make("span", entry.note || say.kept));
    if (entry.state === "refused") item.append(make("button", say.correct, { type: "button", className: "button button-secondary button-small", value: entry.key }));
    return item;
  }

  // An answer of the desk says so in a header; a page of sign-in or a proxy's error is none, and what was typed stays.
  async function send(entry, target) {
    const body = new URLSearchParams(entry.body);
    body.set("csrfmiddlewaretoken", one("[data-desk-form]").elements.csrfmiddlewaretoken.value);
    const answer = await fetch(say.desk, { method: "POST", body, headers: { "HX-Request": "true", "HX-Target": target }, signal: AbortSignal.timeout(15000) });
    isSignedOut = answer.redirected || answer.status === 403; // 403: signed in again since, in another tab
    if (!answer.headers.has("Okoce-Desk")) throw Object.assign(new Error(answer.status), { isAnswer: !isSignedOut });
    return answer;
  }

  async function sendNow(entry) {
    const answer = await send(entry, "desk-work"), html = await answer.text();
    hint = "";
    htmx.swap("#desk-work", html, { swapStyle: "outerHTML", settleDelay: 0 });
    return answer.status;
  }

  async function flush() {
    if (isSending) return;
    isSending = true;
    for (const entry of those("waiting")) {
      try {
        await sendLate(entry);
      } catch (failure) {
        if (!failure.isAnswer) break; // no line; where one alone fails, the others go on
      }
    }
    isSending = false;
    show();
  }

  async function sendLate(entry) {
    const answer = await send(entry, "desk-queue"), html = await answer.text();
    const note = new DOMParser().parseFromString(html, "text/html").querySelector(".list-note").textContent;
    if (answer.status === 422) return keep(entry, { note, state: "refused" });
    forget(entry.key);
    queue.set(entry.key, { ...entry, note, body: "", state: "sent" });
    htmx.swap(document.createElement("i"), html, { swapStyle: "none" });
  }

  async function submit(form) {
    const told = new FormData(form), key = told.get("key");
    if (queue.get(key)?.state === "live") return;
    const entry = { key, body: new URLSearchParams(told).toString(), name: told.get("name") || told.get("phone") };
    form.ariaBusy = "true";
    await keep(entry, { state: "live" });
    try {
      if (await sendNow(entry) === 200) putBack(); // one put right came with what was alike for an earlier queue
      forget(key);
    } catch {
      const isWhole = told.get("name").trim() && (told.get("phone") + told.get("nik")).trim() && told.get("consent");
      hint = isWhole ? "" : say.incomplete;
      if (!told.get("taken_on")) entry.body += `&taken_on=${new Date().toLocaleDateString("sv")}`; // the day of the consent, whenever it arrives
      if (isWhole) { next(form); await keep(entry, { state: "waiting" }); } else { forget(key); form.elements.name.focus(); }
    }
    form.ariaBusy = null;
  }

  function next(form) { // the same page for the next person: what is alike for all stays
    for (const field of form.querySelectorAll("[data-desk-person] :is(input, select)")) {
      if (field.type === "checkbox") field.checked = false; else field.value = "";
    }
    for (const told of desk.querySelectorAll("#desk-work > .notice")) told.remove(); // it was about somebody before
    form.elements.key.value = newKey();
    one("[name=q]").value = "";
    one("[name=q]").focus();
  }

  function toSearch() {
    one("[name=q]").focus();
    one("[name=q]").select();
  }

  function carry(why) { // no search without a line: what was typed goes where it belongs
    const text = one("[name=q]").value.trim(), digits = text.replace(/[\s.()+-]/g, ""), { elements } = one("[data-desk-form]");
    const name = /\D|^$/.test(digits) ? "name" : digits.length === 16 ? "nik" : "phone";
    elements[name].value = text;
    hint = why;
    show();
    elements[name === "name" ? "phone" : "name"].focus();
  }

  // What is alike for the whole queue outlives a look at a person's page; not the tab, and not the day.
  const sameAs = `okoce.same.${say.owner}.${new Date().toDateString()}`;
  function tellSame() { // the line that stands for them while they are folded away
    const same = one("[data-desk-same]"), told = [...same.querySelectorAll("[data-sticky]")];
    same.querySelector("[data-desk-same-told]").textContent = told.map(({ value }) => value.trim()).filter(Boolean).join(" · ");
    if (told.some(({ name, value }) => name === "paper_on" && value)) same.open = true; // each paper has its day
  }

  function remember() {
    const told = [...desk.querySelectorAll("[data-sticky]")].map(({ name, value }) => [name, value]);
    try { sessionStorage.setItem(sameAs, JSON.stringify(Object.fromEntries(told))); } catch { /* not allowed: typed again */ }
  }

  function putBack() {
    let told = {};
    try { told = JSON.parse(sessionStorage.getItem(sameAs)) ?? {}; } catch { /* not allowed */ }
    for (const field of desk.querySelectorAll("[data-sticky]")) {
      if (!(field.name in told) || field.value === told[field.name]) continue;
      field.value = told[field.name];
      field.dispatchEvent(new Event("change", { bubbles: true })); // another kecamatan has other kelurahan
    }
  }

  desk.addEventListener("keydown", (event) => {
    const form = event.target.closest("[data-desk-form]");
    if (event.key === "Escape" && !form) return toSearch(); // from who was found, or from the list beside
    if (event.key !== "Enter" || event.isComposing || !form || event.target.matches("button, summary, a")) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) return form.requestSubmit();
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, button")].filter((field) => !field.closest("details:not([open])"));
    fields[fields.indexOf(event.target) + 1].focus();
  });
  // As soon as the year stands there: opened later, it would move the box away from under a click.
  desk.addEventListener("change", ({ target }) => target.matches("[data-sticky]") && (remember(), tellSame()));
  // Alt + K leads to the kecamatan, or to the line that stands for it; whoever opens that line types on in it.
  desk.addEventListener("toggle", ({ target }) => {
    if (!target.matches("[data-desk-same]")) return;
    target.querySelector("summary").accessKey = target.open ? "" : "k";
    target.querySelector("input").accessKey = target.open ? "k" : "";
  }, true);
  desk.addEventListener("click", ({ target }) => {
    const line = target.closest("[data-desk-same] > summary");
    if (line && !line.parentElement.open) setTimeout(() => line.parentElement.querySelector("input").focus());
  });
  desk.addEventListener("input", ({ target }) => {
    if (target.name === "birth_on" && /(\D\d{4}|^\d{8})$/.test(target.value) && target.value.slice(-4) >= say.minorSince) one("[data-desk-guardian]").open = true;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-desk-form]")) { event.preventDefault(); submit(event.target); }
    const left = event.target.matches(".shell-person") ? those("live", "waiting", "refused") : [];
    if (left.length && !confirm((isStored ? say.leave : say.lose).replace("%s", left.length))) event.preventDefault();
  });
  const isTyping = () => [...desk.querySelectorAll("[data-desk-person] :is(input, select)")].some((field) => field.type === "checkbox" ? field.checked : field.value);
  list.addEventListener("click", ({ target: { value } }) => value && (!isTyping() || confirm(say.typing)) && sendNow(queue.get(value)).then((status) => status === 422 || forget(value), show));
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) desk.addEventListener(name, ({ target }) => target.matches("[data-desk-search]") && carry(say.offline));
  desk.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
    if (target.id !== "desk-work" || detail.xhr.getResponseHeader("Okoce-Desk")) return;
    detail.shouldSwap = false;
    const isTurnedAway = detail.xhr.status === 403 || !detail.xhr.responseURL.endsWith(detail.pathInfo.requestPath);
    carry(isTurnedAway ? say.signedOut : say.offline);
  });
  addEventListener("online", flush);
  setInterval(() => those("waiting").length && flush(), 10000);
  one("[data-desk-form]").elements.key.value = newKey(); // a kept page must not send two people under one key
  if (!one("[data-desk-form] .error")) document.addEventListener("DOMContentLoaded", () => { putBack(); remember(); }); // htmx listens by then
  if (subtle) recall();
})();
