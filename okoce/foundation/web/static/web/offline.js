// On the page that says "offline": which pages were kept on this device and open now.
(async () => {
  "use strict";
  const place = document.querySelector("[data-kept]");
  if (!place || !window.caches) return;
  const found = new Map();
  for (const name of await caches.keys()) {
    if (!/^okoce-(public|reader-)/.test(name)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request, { ignoreVary: true })).text();
      found.set(request.url, new DOMParser().parseFromString(text, "text/html").title);
    }
  }
  for (const [address, title] of [...found].reverse()) {
    const link = document.createElement("a");
    link.className = "list-row list-plain";
    link.href = address;
    link.textContent = title.replace(/ – OK OCE$/, "") || address;
    place.appendChild(document.createElement("li")).append(link);
  }
  document.querySelector("[data-kept-card]").hidden = !found.size;
})();
