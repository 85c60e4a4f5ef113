// Live page updates. The page names its streams by a signed token; the gateway sends ids, and the marked blocks are
// fetched again from the server. Without a socket the page is simply as old as its last load.
type Event_ = { stream: string; event: string; [id: string]: unknown };

const token = document.body.dataset.streams;
let wait = 1000;
let tries = 0;

function handle(message: Event_) {
  document.dispatchEvent(new CustomEvent(`stream:${message.event}`, { detail: message }));
  for (const block of document.querySelectorAll<HTMLElement>("[data-refresh-on]")) {
    const wanted = (block.dataset.refreshOn ?? "").split(" ");
    if (wanted.includes(message.event) || wanted.includes(`${message.stream}/${message.event}`)) soon(block);
  }
}

// What is said several times in a breath is fetched once; and what a whole school hears at once, not at once.
const waiting = new Set<string>();
function soon(block: HTMLElement) {
  if (waiting.has(block.id)) return;
  waiting.add(block.id);
  setTimeout(() => {
    waiting.delete(block.id);
    const there = document.getElementById(block.id);
    if (there) void refresh(there);
  }, Math.random() * 800);
}

export async function refresh(block: HTMLElement) {
  if (block.contains(document.activeElement) && document.activeElement?.matches("input,textarea,select")) return;
  const answer = await fetch(block.dataset.refreshFrom ?? location.href, { headers: { "X-Refresh": block.id } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(block.id);
  if (fresh) block.replaceWith(document.adoptNode(fresh));
}

function later(connect: () => void) {
  wait = Math.min(wait * 2, 60000);
  setTimeout(connect, wait * (0.5 + Math.random()));
}

function bySocket() {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/gateway/ws?token=${token}`);
  let opened = false;
  socket.onopen = () => {
    opened = true;
    wait = 1000;
    tries = 0;
    if (reconnected) resync();
    reconnected = true;
  };
  socket.onmessage = (message) => handle(JSON.parse(message.data as string) as Event_);
  socket.onclose = (event) => {
    if (event.code === 4401) return; // the session has ended: the next click shows the sign-in page
    if (event.code === 4403) return; // the token is too old for this page
    if (!opened && ++tries >= 3) return bySse();
    later(bySocket);
  };
}
let reconnected = false;

// What happened while the line was gone is not replayed: the blocks are read again.
function resync() {
  for (const block of document.querySelectorAll<HTMLElement>("[data-refresh-on]")) void refresh(block);
}

function bySse() {
  const source = new EventSource(`/gateway/events?token=${token}`);
  source.onmessage = (message) => handle(JSON.parse(message.data as string) as Event_);
}

if (token) bySocket();
