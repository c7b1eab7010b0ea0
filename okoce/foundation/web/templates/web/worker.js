// The service worker: what was seen once opens without network, and says so. Reasons: docs/adr/0015.
"use strict";
const SETTINGS = {{ settings|safe }};
const SHELL = `okoce-shell-${SETTINGS.version}`;
const STATIC = "okoce-static";
const PUBLIC = "okoce-public";
const READER = "okoce-reader-";
const KEPT_AT = "X-Kept-At";
const DAY = 24 * 3600 * 1000;
const MOST_PAGES = 30, MOST_STATIC = 80, OLDEST = 7 * DAY;
const PATIENCE = 6000; // milliseconds for the network before a kept page is shown
const AFTER_WRITING = 60000; // so long after a form was sent, a page may not be older than it
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const ZONES = { "-420": "WIB", "-480": "WITA", "-540": "WIT" };
let wroteAt = 0;
let forgotAt = 0;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(SETTINGS.shell)));
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("okoce-shell-") && name !== SHELL) await caches.delete(name);
    await registration.navigationPreload?.enable();
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method !== "GET") {
    wroteAt = Date.now();
    if (pathname === SETTINGS.signOut) event.waitUntil(forget(""));
  } else if (pathname.startsWith(SETTINGS.static)) event.respondWith(file(event, HASHED.test(pathname)));
  else if (request.mode === "navigate" && !SETTINGS.never.some((start) => pathname.startsWith(start))) {
    event.respondWith(page(event));
  }
});

// The page that brought this worker was shown before anybody stood between it and the network.
addEventListener("message", (event) => {
  if (event.data === "keep" && event.source) event.waitUntil(keepFirst(event.source.url));
});

async function keepFirst(address) {
  const began = Date.now();
  const response = await fetch(address, { cache: "force-cache", credentials: "same-origin" });
  if (!response.redirected) await keep(new Request(address), response, began);
}

// -- files that bear their hash in their name never change ----------------------------------------------------

async function file(event, isHashed) {
  const { request } = event;
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && isHashed) return kept;
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic") event.waitUntil(store(STATIC, request, response.clone(), MOST_STATIC));
    return response;
  } catch (failure) {
    if (kept) return kept;
    throw failure;
  }
}

// -- pages: the network first, then the copy, then the page that says there is none ----------------------------

async function page(event) {
  const fresh = seen(event);
  const kept = await copyOf(event.request);
  const isPatient = !kept || Date.now() - wroteAt < AFTER_WRITING;
  const answer = await (isPatient ? fresh : Promise.race([fresh, pause()]));
  if (answer instanceof Response) return answer;
  return kept ? withBanner(kept, answer) : nothingKept(event.request);
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, "slow"));
}

function seen(event) {
  const began = Date.now();
  const fresh = (async () => (await event.preloadResponse) || fetch(event.request))();
  event.waitUntil(fresh.then((response) => keep(event.request, response.clone(), began)).catch(() => {}));
  return fresh.catch(() => "offline");
}

async function copyOf(request) {
  for (const name of (await caches.keys()).sort().reverse()) {
    if (name !== PUBLIC && !name.startsWith(READER)) continue;
    const found = await (await caches.open(name)).match(request, { ignoreVary: true });
    if (found && Date.now() - found.headers.get(KEPT_AT) < OLDEST) return found;
  }
}

// What a QR leads to is checked on the device: its page stands for every address below.
async function nothingKept(request) {
  const { pathname } = new URL(request.url);
  const isChecked = pathname === SETTINGS.checked || pathname.startsWith(`${SETTINGS.checked}/`);
  const page = await caches.match(isChecked ? SETTINGS.checker : SETTINGS.luring, { cacheName: SHELL, ignoreVary: true });
  return page ? new Response(page.body, { status: isChecked ? 200 : 503, headers: page.headers }) : Response.error();
}

async function withBanner(kept, why) {
  const english = kept.headers.get("Content-Language") === "en";
  const at = new Date(+kept.headers.get(KEPT_AT));
  const banner = SETTINGS.banners[english ? "en" : "id"][why].replace("{when}", when(at, english));
  const text = await kept.text();
  return new Response(text.replace(/<body[^>]*>/, (body) => body + banner), { headers: kept.headers });
}

function when(at, english) {
  const day = at.toLocaleDateString(english ? "en-GB" : "id-ID", { day: "numeric", month: "long" });
  const clock = [at.getHours(), at.getMinutes()].map((number) => String(number).padStart(2, "0"));
  return `${day} ${clock.join(english ? ":" : ".")} ${ZONES[at.getTimezoneOffset()] ?? ""}`.trim();
}

// -- keeping and forgetting --------------------------------------------------------------------------------------

// X-Reader names the session a page was made for, "" nobody's. Whoever reads now is the only one whose pages stay.
async function keep(request, response, began) {
  const reader = response.headers.get("X-Reader");
  if (reader === null || began < forgotAt) return;
  await forget(reader);
  const cache = reader ? READER + reader : PUBLIC;
  if (isKeepable(response)) await store(cache, request, response, MOST_PAGES);
  else if (response.status < 500) await (await caches.open(cache)).delete(request, { ignoreVary: true });
}

function isKeepable(response) {
  const { headers } = response;
  return response.status === 200 && /^text\/html/.test(headers.get("Content-Type")) &&
    !/no-store/.test(headers.get("Cache-Control"));
}

async function forget(reader) {
  if (!reader) forgotAt = Date.now();
  for (const name of await caches.keys()) {
    if (name.startsWith(READER) && name !== READER + reader) await caches.delete(name);
  }
}

async function store(name, request, response, most) {
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, Date.now());
  headers.delete("Content-Encoding");
  const cache = await caches.open(name);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, new Response(await response.blob(), { headers }));
  const known = await cache.keys();
  for (const old of known.slice(0, Math.max(0, known.length - most))) await cache.delete(old, { ignoreVary: true });
}
