// Forms on a bad line: what was typed stays on the screen and is sent again until it has arrived. Pages work without it.
(() => {
  "use strict";
  const PATIENCE = 20000, PAUSE = 4000, GATEWAY = [502, 503, 504];
  let waiting = null, isBusy = false;

  const bodyOf = (form, pressed) => {
    const told = new FormData(form);
    if (pressed?.name) told.set(pressed.name, pressed.value);
    return new URLSearchParams(told);
  };
  const show = (page, address) => {
    const parsed = new DOMParser().parseFromString(page, "text/html");
    document.title = parsed.title;
    document.body.replaceWith(parsed.body);
    history[address === location.href ? "replaceState" : "pushState"](null, "", address);
    const first = document.querySelector("[role=alert], h1");
    first?.setAttribute("tabindex", "-1");
    first?.focus();
    scrollTo(0, 0);
  };
  const lost = (isLost) => {
    const notice = document.querySelector("[data-resend-lost]");
    if (notice) notice.hidden = !isLost;
  };
  const send = async () => {
    if (isBusy || !waiting) return;
    const { form, pressed } = waiting;
    isBusy = true;
    pressed?.setAttribute("aria-busy", "true");
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const options = { method: "POST", body: bodyOf(form, pressed), signal: stop.signal };
      const answer = await fetch(form.getAttribute("action") || location.href, options);
      if (GATEWAY.includes(answer.status)) throw new Error("the server is away");
      const page = await answer.text();
      waiting = null;
      show(page, answer.url);
    } catch {
      lost(true);
      setTimeout(send, PAUSE);
    } finally {
      clearTimeout(clock);
      pressed?.removeAttribute("aria-busy");
      isBusy = false;
    }
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-resend]")) return;
    event.preventDefault();
    waiting = { form: event.target, pressed: event.submitter };
    send();
  });
  addEventListener("online", send);
  addEventListener("popstate", () => location.reload());

  // What a search box offers while somebody types: the page itself answers, with its list alone.
  let typing = 0;
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-suggest]");
    if (!form) return;
    clearTimeout(typing);
    typing = setTimeout(async () => {
      if (target.value.trim().length < 3) return;
      const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
      const answer = await fetch(address, { headers: { "X-Suggest": "1" } }).catch(() => null);
      const place = document.getElementById(form.dataset.suggest);
      if (answer?.ok && place) place.innerHTML = await answer.text();
    }, 350);
  });
})();
