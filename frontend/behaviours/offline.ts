// A strip that says the line is gone, and goes with it.
const strip = document.querySelector<HTMLElement>("[data-offline]");
const show = () => strip?.toggleAttribute("hidden", navigator.onLine);
addEventListener("online", show);
addEventListener("offline", show);
show();
export {};
