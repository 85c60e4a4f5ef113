// What was typed in a form with data-draft stays on this device until it was sent: a lost line or a closed tab costs nothing.
// A draft belongs to one version of what it changes, goes when that is newer, after three days, and when the person leaves.
const DAYS = 3;
type Draft = { at: number; fields: [string, string][] };

const name = (form: HTMLFormElement) => `${form.dataset.draft}/${(form.elements.namedItem("version") as HTMLInputElement | null)?.value ?? ""}`;

function sweep(keep: (key: string, draft: Draft) => boolean) {
  for (const key of Object.keys(localStorage).filter((k) => k.startsWith("draft:"))) {
    let draft: Draft = { at: 0, fields: [] };
    try {
      draft = JSON.parse(localStorage.getItem(key) ?? "") as Draft;
    } catch {}
    if (!keep(key, draft)) localStorage.removeItem(key);
  }
}

function say(form: HTMLFormElement, what: "saved" | "restored", at: number) {
  const place = form.querySelector<HTMLElement>("[data-draft-said]");
  const clock = new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  if (place) place.textContent = (place.dataset[what] ?? "").replace("{}", clock);
}

function restore(form: HTMLFormElement) {
  const draft = JSON.parse(localStorage.getItem(`draft:${name(form)}`) ?? "null") as Draft | null;
  if (!draft || form.querySelector("[aria-invalid=true], [role=alert]")) return; // the page itself brings back what was typed
  for (const [field, value] of draft.fields) {
    const control = form.elements.namedItem(field) as HTMLInputElement | null;
    if (control && "value" in control) control.value = value;
  }
  const fold = form.closest("details");
  if (fold) fold.open = true;
  say(form, "restored", draft.at);
}

function save(form: HTMLFormElement) {
  const fields = [...new FormData(form)].filter(([field, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "version"].includes(field));
  const draft: Draft = { at: Date.now(), fields: fields as [string, string][] };
  try {
    localStorage.setItem(`draft:${name(form)}`, JSON.stringify(draft));
  } catch {
    return; // full or forbidden: the page works without
  }
  say(form, "saved", draft.at);
}

document.addEventListener("input", (event) => {
  const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-draft]");
  if (form) save(form);
});
document.addEventListener("submit", (event) => {
  if (!(event.target as HTMLFormElement).action.endsWith("/sign-out/")) return;
  try {
    localStorage.setItem("left", String(Date.now()));
    sweep(() => false);
  } catch {} // storage is forbidden here
});
// The way back must not bring a page of somebody who has left since from the browser's memory.
addEventListener("pageshow", (event) => {
  try {
    if ((event as PageTransitionEvent).persisted && Number(localStorage.getItem("left")) > performance.timeOrigin) location.reload();
  } catch {} // storage is forbidden here
});

try {
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")];
  const here = forms.map((form) => [`draft:${form.dataset.draft}/`, `draft:${name(form)}`] as const);
  const old = Date.now() - DAYS * 86400000;
  sweep((key, draft) => draft.at > old && !here.some(([stem, whole]) => key.startsWith(stem) && key !== whole));
  forms.forEach(restore);
} catch {} // storage is forbidden here
export {};
