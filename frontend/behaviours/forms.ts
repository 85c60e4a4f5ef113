// One press, one request; a button that is working keeps its width and says so. What was typed survives a failed line.
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent === "yes") return event.preventDefault();
  if (!navigator.onLine && form.method === "post") {
    event.preventDefault();
    document.querySelector<HTMLElement>("[data-offline]")?.focus();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter as HTMLElement | null;
  if (button?.matches("button.btn")) {
    const width = button.getBoundingClientRect().width;
    button.style.minWidth = `${width}px`;
    button.setAttribute("aria-busy", "true");
  }
  // A download (a slip, an export) leaves the page where it is: let the button come back.
  setTimeout(() => release(form), form.dataset.download === undefined ? 15000 : 2500);
});

const release = (form: HTMLFormElement) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
};
addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

// A list of choices may send itself (language, theme, filters); the button beside it serves without script.
document.addEventListener("change", (event) => {
  const field = event.target as HTMLElement;
  const form = field.closest<HTMLFormElement>("form[data-auto]");
  if (form) form.requestSubmit();
});

// A list that follows what is typed keeps its address in step, so that "back" and a copied address lead to it again.
document.addEventListener("input", (event) => {
  const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-live]");
  if (!form) return;
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) asked.append(name, value);
  history.replaceState(null, "", asked.size ? `?${asked}` : location.pathname);
});

// Dates: "24 11" and "24/11" become the full date of this school year's side when the field is left.
document.addEventListener("focusout", (event) => {
  const field = event.target as HTMLInputElement;
  if (!field.matches?.("input[data-date]")) return;
  const parts = field.value.trim().split(/[\s./-]+/).filter(Boolean);
  if (parts.length < 2 || parts.length > 3 || !parts.every((p) => /^\d+$/.test(p))) return;
  const [day, month] = parts as [string, string];
  let year = parts[2] ?? String(new Date().getFullYear());
  if (year.length === 2) year = `20${year}`;
  field.value = `${day.padStart(2, "0")}/${month.padStart(2, "0")}/${year}`;
});

// The first wrong field gets the focus when a form comes back.
document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();

document.addEventListener("click", (event) => {
  const opener = (event.target as HTMLElement).closest<HTMLElement>("[data-print]");
  if (opener) print();
  const copier = (event.target as HTMLElement).closest<HTMLElement>("[data-copy]");
  if (copier) void navigator.clipboard?.writeText(copier.dataset.copy ?? "");
});
export {};
