// Keeps the styles, the fonts and one offline page. A page of the school is kept only when the server opts in with
// `X-Keep-Offline: yes` (Hôm nay, the own week), and everything kept of a person is dropped when the sign-in page is
// shown or a page comes for somebody else (`X-Keep-For`).
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
    // Whoever signs out, or is signed out, leaves nothing behind.
    if (new URL(request.url).pathname === "/sign-in/") await caches.delete(PAGES);
    else if (answer.headers.get("X-Keep-Offline") === "yes") await keep(request, answer.clone());
    return answer;
  } catch {
    const kept = await (await caches.open(PAGES)).match(request);
    return kept ? asCopy(kept) : ((await caches.match("/offline/")) ?? Response.error());
  }
}

async function keep(request: Request, answer: Response) {
  const whose = answer.headers.get("X-Keep-For");
  const kept = (await (await caches.open(PAGES)).matchAll())[0];
  if (kept && kept.headers.get("X-Keep-For") !== whose) await caches.delete(PAGES);
  await (await caches.open(PAGES)).put(request, answer);
}

// The copy says that it is one, and does not count down to a period that may long be over.
async function asCopy(kept: Response): Promise<Response> {
  const text = (await kept.text()).replaceAll("data-kept hidden", "data-kept").replaceAll("data-live>", "data-live hidden>");
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(text, { status: 200, headers });
}
