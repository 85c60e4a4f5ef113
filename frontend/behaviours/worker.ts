// The service worker keeps the offline page and the styles; pages only when they say so (see worker/sw.ts).
if ("serviceWorker" in navigator && window.isSecureContext) void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
export {};
