// After a swap of the page (a row opened, saved, removed) the keyboard goes on where the eye is: to the first wrong field,
// else the first field of the open row, else back to the link that opened it.
// A button that may be pressed again and again (data-again: up, down) keeps the keyboard.
let opener = "";
let pressed = "";
document.addEventListener("submit", (event) => (pressed = event.submitter?.id ?? ""), true);
document.addEventListener("htmx:before:request", (event) => {
  opener = (event.target as HTMLElement).closest<HTMLElement>("[id]")?.id ?? "";
});
document.addEventListener("htmx:after:swap", () => {
  const open = document.querySelector<HTMLElement>("form[data-opened]");
  const again = pressed ? document.getElementById(pressed) : null;
  pressed = "";
  const place =
    (again?.matches("[data-again]") ? again : null) ??
    document.querySelector<HTMLElement>("main [aria-invalid=true]") ??
    open?.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea") ??
    (opener ? document.getElementById(opener) : null);
  place?.focus();
});
export {};
