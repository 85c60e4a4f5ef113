// Keeps the styles, the fonts and one offline page. A page of the school is kept only when the server opts in with
// `X-Keep-Offline: yes` (Hôm nay), and everything kept of a person is dropped when the server says `Clear-Site-Data`
// or a page comes for somebody else.
/// <reference lib="webworker" />
const scope = self as unknown as ServiceWorkerGlobalScope;
const SHELL = "shell-1";
const PAGES = "pages-1";

scope.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.add("/offline/")).then(() => scope.skipWaiting()));
});

scope.addEventListener("activate", (event) => {
  const current = new Set([SHELL, PAGES]);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((n) => !current.has(n)).map((n) => caches.delete(n)))).then(() => scope.clients.claim()),
  );
});

scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.location.origin) return;
  if (url.pathname.startsWith("/static/a/")) event.respondWith(fromCache(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event.request));
});

async function fromCache(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
}

async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    const cache = await caches.open(PAGES);
    if (answer.headers.get("X-Keep-Offline") === "yes") await cache.put(request, answer.clone());
    if (answer.headers.get("X-Keep-Offline") === "forget") await caches.delete(PAGES);
    return answer;
  } catch {
    const kept = (await (await caches.open(PAGES)).match(request)) ?? (await caches.match("/offline/"));
    return kept ?? Response.error();
  }
}
