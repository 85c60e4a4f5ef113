// Idle lock: the server locks a session that did nothing; this only brings the lock page up in time, on a shared computer.
const minutes = Number(document.body.dataset.idle ?? 0);
if (minutes > 0) {
  let timer = 0;
  const restart = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => document.querySelector<HTMLElement>("[data-idle-notice]")?.removeAttribute("hidden"), (minutes - 1) * 60000);
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, restart, { passive: true });
  restart();
}
export {};
