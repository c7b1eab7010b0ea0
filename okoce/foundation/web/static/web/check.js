// Checks what the QR of a card says without network: an Ed25519 signature over a short claim. Format: docs/adr/0025.
(() => {
  "use strict";
  const place = document.querySelector("[data-checker]");
  if (!place) return;
  const SETTINGS = JSON.parse(document.getElementById("checker").textContent);
  const SAY = SETTINGS.sentences;
  const LINK = /verifikasi\/([^/?#\s]+)(?:\/([A-Za-z2-7]+))?/;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const SIGNATURE = 64, HEAD = 8, DAY = 24 * 3600 * 1000, JAKARTA = 7 * 3600 * 1000;
  const LENGTHS = [14, 20]; // signs of a code, as it was and as it is
  const part = (name) => place.querySelector(`[data-${name}]`);

  // -- reading ---------------------------------------------------------------------------------------------------

  function bytesOf(text) {
    const found = [];
    let held = 0, bits = 0;
    for (const letter of text.toUpperCase()) {
      held = (held << 5) | LETTERS.indexOf(letter);
      bits += 5;
      if (bits >= 8) found.push((held >> (bits -= 8)) & 255);
      held &= (1 << bits) - 1;
    }
    return new Uint8Array(found);
  }

  // A link of ours, or a code alone; null for anything else.
  function asked(text) {
    const [, written, claim] = LINK.exec(text) ?? [null, text, ""];
    const code = written.replace(/[\W_]/g, "").toUpperCase();
    return LENGTHS.includes(code.length) ? { code, shown: inGroups(code), claim: claim ?? "" } : null;
  }

  // As it stands on paper, so that nothing shows as genuine but the signs that were signed.
  function inGroups(code) {
    const groups = code.slice(2).match(code.length === LENGTHS[0] ? /.{4}/g : /.{6}/g);
    return [code.slice(0, 2), ...groups].join("-");
  }

  function claimOf(body) {
    const days = new DataView(body.buffer, body.byteOffset);
    const day = (at) => days.getUint16(at) && new Date(Date.UTC(2000, 0, 1) + days.getUint16(at) * DAY);
    const words = [];
    for (let at = HEAD; words.length < 2; at += 1 + body[at]) {
      words.push(new TextDecoder("utf-8", { fatal: true }).decode(body.subarray(at + 1, at + 1 + body[at])));
    }
    return { signed: day(2), since: day(4), until: day(6), holder: words[0], place: words[1] };
  }

  async function isSigned(key, code, body, signature) {
    const raw = Uint8Array.from(atob(key), (sign) => sign.charCodeAt(0));
    const known = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    const before = new TextEncoder().encode(`${SETTINGS.domain}${code}\0`);
    const message = new Uint8Array(before.length + body.length);
    message.set(before);
    message.set(body, before.length);
    return crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  }

  // -- judging ---------------------------------------------------------------------------------------------------

  async function judge(text) {
    const found = asked(text);
    if (!found) return answer("stuck", "foreign", { text: text.slice(0, 120) });
    if (!found.claim) return answer("waiting", "unsigned", {}, found);
    const raw = bytesOf(found.claim);
    if (raw.length < HEAD + 2 + SIGNATURE || raw[0] !== 1) return answer("stuck", "forged", {}, found);
    const body = raw.slice(0, -SIGNATURE), signature = raw.slice(-SIGNATURE);
    const key = SETTINGS.keys[body[1]];
    if (!key) return answer("waiting", "unknownKey", { key: body[1] }, found);
    if (!window.crypto?.subtle) return answer("waiting", "cannot", {}, found, null, SAY.unsafe);
    let isGenuine;
    try {
      isGenuine = await isSigned(key, found.code, body, signature);
    } catch (failure) {
      return answer("waiting", "cannot", {}, found);
    }
    if (!isGenuine) return answer("stuck", "forged", {}, found);
    const claim = claimOf(body);
    // the last day is one of them, and ends when it does in Jakarta, as for the page that is asked online
    const isOver = claim.until && claim.until.getTime() + DAY - JAKARTA <= Date.now();
    return isOver
      ? answer("waiting", "over", { day: inWords(claim.until) }, found, claim)
      : answer("verified", "genuine", { day: inWords(claim.signed) }, found, claim);
  }

  function inWords(day) {
    const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
    return day.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  // -- showing ---------------------------------------------------------------------------------------------------

  function made(tag, text, kind) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  function answer(tone, name, values, found, claim, text) {
    const result = part("result");
    result.dataset.result = name;
    const title = made("h2", SAY[name]);
    title.tabIndex = -1;
    const sentence = text ?? SAY[`${name}Text`].replace(/\{(\w+)\}/g, (_whole, word) => values[word]);
    const notice = made("div", "", `notice notice-${tone}`);
    notice.append(made("p", sentence));
    result.replaceChildren(title, notice);
    if (found) result.append(...facts(found, claim));
    result.hidden = false;
    title.focus();
  }

  function facts(found, claim) {
    const kind = SETTINGS.kinds[found.code.slice(0, 2)];
    const lines = [[SAY.code, kind && claim ? `${kind}, ${found.shown}` : found.shown]];
    if (claim) {
      lines.push([SAY.holder, claim.holder], [SAY.place, claim.place], [SAY.from, inWords(claim.since)]);
      if (claim.until) lines.push([SAY.until, inWords(claim.until)]);
      lines.push([SAY.signed, inWords(claim.signed)]);
    }
    const list = made("dl", "", "facts");
    for (const [name, value] of lines) list.append(made("dt", name), made("dd", value));
    const link = made("a", SAY.online, "button button-secondary");
    link.href = `/verifikasi/${encodeURIComponent(found.shown)}${found.claim && `/${found.claim}`}`; // never the QR's own host
    const row = made("p", "");
    row.append(link);
    return [list, row];
  }

  function complain(sentence) {
    part("trouble").textContent = sentence;
    part("trouble").hidden = !sentence;
  }

  // -- asking: a link that was pasted, a photo, the camera ---------------------------------------------------------

  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    complain("");
    judge(part("link").value);
  });

  async function readPhoto(detector, file) {
    complain("");
    try {
      const [found] = await detector.detect(await createImageBitmap(file));
      if (found) return await judge(found.rawValue);
    } catch (failure) {
      // said below, as of a photo without a code
    }
    complain(SAY.noCode);
  }

  async function readCamera(detector, video) {
    complain("");
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (failure) {
      return complain(SAY.noCamera);
    }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const look = async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (!found) return setTimeout(look, 250);
      for (const track of stream.getTracks()) track.stop();
      video.hidden = true;
      return judge(found.rawValue);
    };
    look();
  }

  async function offerCamera() {
    const formats = await window.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
    if (!formats?.includes("qr_code")) return;
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    part("blind").hidden = true;
    part("photo-field").hidden = false;
    part("photo").addEventListener("change", (event) => event.target.files[0] && readPhoto(detector, event.target.files[0]));
    if (!navigator.mediaDevices?.getUserMedia) return;
    part("camera").hidden = false;
    part("camera").addEventListener("click", () => readCamera(detector, part("video")));
  }

  place.hidden = false;
  offerCamera();
  // A telephone's own camera opened a link without network: the worker brought this page in its place.
  const own = asked(location.href);
  if (own?.claim || (own && LINK.test(location.pathname))) judge(location.href);
})();
