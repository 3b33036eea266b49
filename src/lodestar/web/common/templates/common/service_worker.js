// Keeps the look of the pages and one page that says that there is no line. Never a page of somebody's own.
"use strict";
const KEPT = "lodestar-{{ version }}";
const OFFLINE = "{{ offline|escapejs }}";
const FILES = [{% for file in kept %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const ADDRESSES = new Set(FILES.map((file) => new URL(file, location.href).href));

self.addEventListener("install", (event) => {
  const asked = [OFFLINE, ...FILES].map((file) => new Request(file, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(asked)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (ADDRESSES.has(request.url)) {
    event.respondWith(caches.match(request.url).then((kept) => kept || fetch(request)));
  }
});
