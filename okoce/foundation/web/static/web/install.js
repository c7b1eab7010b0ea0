// Brings the service worker, once the page is there and the line is idle. Pages work without it.
(() => {
  "use strict";
  const workers = navigator.serviceWorker;
  if (!workers || navigator.connection?.saveData) return;
  const bring = () => workers.register("/sw.js").catch(() => {});
  const isFirst = !workers.controller;
  workers.addEventListener("controllerchange", () => {
    if (isFirst) workers.controller.postMessage("keep");
  }, { once: true });
  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(bring));
})();
