// A roll by tapping names. What is tapped is kept on the device before it is sent, so that neither a bad line nor a
// reload loses it; what was ready to be sent goes off when the line is back, from whichever page is open then.
type Kept = { action: string; values: Record<string, string>; ready: boolean; sent: string };
const WAITS = [2, 5, 10, 30];

const read = (key: string): Kept | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
  } catch {
    return null;
  }
};
const keep = (key: string, kept: Kept) => {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // no room, or private browsing: the page itself still holds the taps
  }
};

async function post(kept: Kept): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries(kept.values)) body.append(name, value);
  const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
  if (token) body.append("csrfmiddlewaretoken", token);
  return fetch(kept.action, { method: "POST", body, headers: { "X-Tap": "1" }, redirect: "manual" });
}

class RollList extends HTMLElement {
  #tries = 0;
  #timer = 0;

  get form() { return this.querySelector("form") as HTMLFormElement; }
  get key() { return this.dataset.key ?? ""; }

  connectedCallback() {
    if (!this.key) return this.#words();
    for (const row of this.querySelectorAll<HTMLElement>("li:has(.tap)")) {
      row.querySelector<HTMLElement>(".tap")!.hidden = false;
      row.querySelector(".tap")!.addEventListener("click", () => this.#tap(row));
    }
    this.dataset.ready = "";
    if (this.dataset.both === undefined) this.#restore();
    this.#words();
    this.addEventListener("change", () => this.#changed());
    this.addEventListener("submit", (event) => this.#submit(event));
    this.querySelector("[data-drop-kept]")?.addEventListener("click", () => (localStorage.removeItem(this.key), location.reload()));
    addEventListener("online", () => read(this.key)?.ready && void this.#send());
  }

  #tap(row: HTMLElement) {
    const set = (state: string) => (row.querySelector<HTMLInputElement>(`[value=${state}]`)!.checked = true);
    const state = row.querySelector<HTMLInputElement>(":checked")?.value;
    const open = row.dataset.open !== undefined;
    for (const other of this.querySelectorAll<HTMLElement>("li[data-open]")) delete other.dataset.open;
    if (open && state === "absent") set("present");
    else if (!open) {
      if (state === "present") set("absent");
      row.dataset.open = "";
    }
    this.#changed();
  }

  #changed() {
    this.#words();
    const before = read(this.key);
    keep(this.key, { action: this.form.action, values: this.#values(), ready: before?.ready ?? false, sent: this.dataset.sent ?? "" });
  }

  #values(): Record<string, string> {
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(this.form))
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") values[name] = value;
    return values;
  }

  #restore() {
    const kept = read(this.key);
    if (!kept) return;
    let differs = false;
    for (const [name, value] of Object.entries(kept.values)) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof RadioNodeList) {
        differs ||= field.value !== value;
        field.value = value;
      } else if (field instanceof HTMLInputElement) {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      } else if (name.startsWith("was-")) this.form.append(hidden(name, value));
    }
    // From no roll at all: what stands in the page since was not seen when this was tapped.
    for (const was of this.form.querySelectorAll<HTMLInputElement>("[name^=was-]")) if (!(was.name in kept.values)) was.remove();
    if (differs || kept.ready) this.#say("restored");
    if (kept.ready && navigator.onLine) void this.#send();
  }

  #submit(event: SubmitEvent) {
    event.preventDefault();
    const all = (event.submitter as HTMLButtonElement | null)?.name === "all";
    keep(this.key, { action: this.form.action, values: { ...this.#values(), ...(all ? { all: "1" } : {}) }, ready: true, sent: this.dataset.sent ?? "" });
    void this.#send();
  }

  async #send() {
    clearTimeout(this.#timer);
    const kept = read(this.key) ?? { action: this.form.action, values: this.#values(), ready: true, sent: "" };
    try {
      if (!navigator.onLine) throw new Error("offline");
      const answer = await post(kept);
      if (answer.status === 204) {
        localStorage.removeItem(this.key);
        location.assign(answer.headers.get("X-Next") ?? location.href);
      } else if ([409, 422, 403].includes(answer.status)) this.#native(kept); // the server says it on its own page
      else if (answer.status >= 500) throw new Error(String(answer.status));
      else this.#say("refused");
    } catch {
      this.#say("waiting");
      this.#timer = window.setTimeout(() => void this.#send(), (WAITS[Math.min(this.#tries++, WAITS.length - 1)] ?? 30) * 1000);
    }
  }

  #native(kept: Kept) {
    keep(this.key, { ...kept, ready: false });
    if (kept.values.all) this.form.append(hidden("all", "1"));
    this.form.submit();
  }

  #say(state: string) {
    this.querySelectorAll<HTMLElement>("[data-when]").forEach((note) => (note.hidden = note.dataset.when !== state));
  }

  // The word beside each name, and how many of each below.
  #words() {
    const counts = new Map<string, number>();
    for (const row of this.querySelectorAll<HTMLElement>("li:has(.tap)")) {
      const label = row.querySelector<HTMLElement>("label:has(:checked)");
      const word = row.querySelector<HTMLElement>("[data-word]")!;
      word.textContent = label?.textContent?.trim() ?? "";
      word.dataset.att = label?.dataset.att ?? "";
      row.querySelector(".tap")?.setAttribute("aria-expanded", String(row.dataset.open !== undefined));
      if (word.textContent) counts.set(word.textContent, (counts.get(word.textContent) ?? 0) + 1);
    }
    const tally = this.querySelector("[data-tally]");
    if (tally) tally.textContent = [...counts].map(([word, n]) => `${n} ${word.toLowerCase()}`).join(" · ");
    this.querySelector("[data-all]")?.toggleAttribute("hidden", counts.size > 1);
  }
}

function hidden(name: string, value: string): HTMLInputElement {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}
customElements.define("roll-list", RollList);

// Rolls that were ready when the line went, sent from any page; who is asked something finds it on the roll's own page.
async function flush() {
  if (!navigator.onLine || document.querySelector("roll-list") || !document.querySelector("[name=csrfmiddlewaretoken]")) return;
  for (const key of Object.keys(localStorage).filter((k) => k.startsWith("roll:"))) {
    const kept = read(key);
    if (!kept?.ready) continue;
    const answer = await post(kept).catch(() => null);
    if (answer?.status !== 204) continue;
    localStorage.removeItem(key);
    const toast = Object.assign(document.createElement("div"), { className: "toast" });
    toast.append(Object.assign(document.createElement("span"), { textContent: kept.sent }));
    document.querySelector("toast-stack")?.append(toast);
  }
}
addEventListener("online", () => void flush());
void flush();
export {};
