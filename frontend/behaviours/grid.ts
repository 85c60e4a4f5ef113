// The grid of a timetable: a lesson is picked up by tap, mouse or Enter, and every slot says at once whether it fits.
// What may be written is decided by the server, and refused by the database; here is only the hand.
import htmx from "htmx.org";

type Mark = [state: string, text: string, there: number, why: string];
type Held = { entry?: string; unit?: string; what?: string; name: string; from?: string; edit?: string };

// What outlives a swap of the grid: where the keyboard is, what is in the hand, and which changes were ours.
let held: Held | undefined;
let at = "";
let again = false;
const ours = new Set<string>();

class TimetableGrid extends HTMLElement {
  private marks?: Promise<Record<string, Mark>>;
  private dragged = false;

  connectedCallback() {
    document.addEventListener("stream:grid", this.refresh);
    if (!this.dataset.marks) return;
    this.querySelector("table")?.setAttribute("role", "grid");
    this.addEventListener("click", this.press);
    this.addEventListener("keydown", this.key);
    this.addEventListener("focusin", (event) => this.roam((event.target as HTMLElement).closest("td")));
    this.addEventListener("dragstart", this.drag);
    this.addEventListener("dragover", (event) => this.cell(event)?.dataset.slot && this.dragged && event.preventDefault());
    this.addEventListener("drop", this.drop);
    this.addEventListener("dragend", () => this.dragged && (this.dragged = false));
    for (const one of this.querySelectorAll<HTMLElement>("[data-entry], [data-what]")) one.draggable = fine();
    for (const one of this.querySelectorAll<HTMLElement>("td .lesson")) one.tabIndex = -1;
    this.settle();
  }

  disconnectedCallback() {
    document.removeEventListener("stream:grid", this.refresh);
  }

  // After a swap: the keyboard goes on where it was; a lesson in the hand stays there while it still stands in the grid.
  private settle() {
    const cell = (at && this.spot(at)) || this.querySelector<HTMLElement>("td[data-slot]");
    this.roam(cell);
    if (again && at) this.spot(at)?.querySelector<HTMLElement>(".lesson")?.focus();
    again = false;
    const still = held && (held.entry ? this.querySelector(`[data-entry="${held.entry}"]`) : this.querySelector(`[data-what="${held.what}"]`));
    if (held && still) this.take(held, false);
    else held = undefined;
  }

  private spot = (code: string) => this.querySelector<HTMLElement>(`td[data-slot="${code}"]`);
  private cell = (event: Event) => (event.target as HTMLElement).closest<HTMLElement>("td[data-slot]");

  private roam(cell: HTMLElement | null) {
    if (!cell?.dataset.slot) return;
    const before = this.querySelector<HTMLElement>('td .lesson[tabindex="0"]');
    if (before) before.tabIndex = -1;
    const now = cell.querySelector<HTMLElement>(".lesson");
    if (now) now.tabIndex = 0;
    at = cell.dataset.slot;
  }

  private press = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.closest("[data-cancel]")) return this.letGo();
    if (target.closest("[data-remove]") && held?.entry) return this.send({ do: "remove", entry: held.entry });
    const lesson = target.closest<HTMLElement>(".lesson");
    const cell = this.cell(event);
    if (!lesson || (!cell && !lesson.dataset.what)) return;
    if (cell && !held && !lesson.dataset.entry) return; // an empty slot is a link to its form
    event.preventDefault();
    if (cell && held) void this.put(cell);
    else if (held?.what && held.what === lesson.dataset.what) this.letGo();
    else this.take(this.of(lesson), true);
  };

  private of(lesson: HTMLElement): Held {
    const { entry, what, unit, name = "" } = lesson.dataset;
    const from = lesson.closest<HTMLElement>("td")?.dataset.slot;
    return { entry, what, unit, name, from, edit: (lesson as HTMLAnchorElement).href };
  }

  private take(one: Held, tell: boolean) {
    this.clear();
    held = one;
    const own = one.entry ? this.querySelector(`[data-entry="${one.entry}"]`) : this.querySelector(`[data-what="${one.what}"]`);
    own?.setAttribute("data-held", "");
    this.bar(one);
    if (tell) this.say((this.dataset.picked ?? "").replace("…", one.name), this.dataset.choose);
    const asked = new URLSearchParams(one.entry ? { entry: one.entry } : { unit: one.unit ?? "", what: one.what ?? "" });
    this.marks = fetch(`${this.dataset.marks}?${asked}`).then(async (answer) => {
      if (!answer.ok) return {};
      const found = ((await answer.json()) as { marks: Record<string, Mark> }).marks;
      if (held === one) for (const [code, mark] of Object.entries(found)) this.show(code, mark);
      return found;
    }, () => ({}));
  }

  private show(code: string, [state, text]: Mark) {
    const cell = this.spot(code);
    if (!cell) return;
    cell.dataset.mark = state;
    if (!text) return;
    const why = document.createElement("span");
    why.className = "why";
    why.textContent = text;
    cell.querySelector(".lesson")?.append(why);
  }

  private clear() {
    for (const why of this.querySelectorAll(".why")) why.remove();
    for (const one of this.querySelectorAll("[data-mark]")) one.removeAttribute("data-mark");
    for (const one of this.querySelectorAll("[data-held]:not(b)")) one.removeAttribute("data-held");
  }

  private bar(one?: Held) {
    const bar = this.querySelector<HTMLElement>(".held");
    if (!bar) return;
    bar.hidden = !one;
    const name = bar.querySelector("b[data-held]");
    if (name) name.textContent = one?.name ?? "";
    const edit = bar.querySelector<HTMLAnchorElement>("[data-edit]");
    const remove = bar.querySelector<HTMLElement>("[data-remove]");
    if (edit) [edit.hidden, edit.href] = [!one?.entry, one?.edit ?? ""];
    if (remove) remove.hidden = !one?.entry;
  }

  private letGo() {
    held = undefined;
    this.clear();
    this.bar();
    this.say(this.dataset.letGo ?? "");
  }

  private async put(cell: HTMLElement) {
    const one = held;
    const code = cell.dataset.slot ?? "";
    if (!one) return;
    if (one.from === code) return this.letGo();
    const [state, , there, why] = (await this.marks)?.[code] ?? ["", "", undefined, ""];
    if (held !== one) return;
    if (["busy", "room", "back", "joint"].includes(state)) return this.say(`${this.dataset.cannot} ${why}.`);
    const seen: Record<string, string> = there === undefined ? {} : { there: String(there) };
    at = code;
    this.send({ do: one.entry ? "move" : "put", entry: one.entry ?? "", unit: one.unit ?? "", what: one.what ?? "", to: code, ...seen });
  }

  private send(values: Record<string, string>) {
    const form = this.querySelector<HTMLFormElement>("#deeds");
    if (!form) return;
    const mark = Math.random().toString(36).slice(2, 12);
    ours.add(mark);
    for (const field of form.querySelectorAll<HTMLInputElement>("input")) {
      if (field.name in values || field.name === "mark") {
        field.disabled = false;
        field.value = field.name === "mark" ? mark : (values[field.name] ?? "");
      }
    }
    held = undefined;
    again = true;
    this.clear();
    this.bar();
    form.requestSubmit();
  }

  private key = (event: KeyboardEvent) => {
    if (event.key === "Escape" && held) return this.letGo();
    const cell = this.cell(event);
    const lesson = (event.target as HTMLElement).closest<HTMLElement>(".lesson");
    if (!cell || !lesson) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      this.step(cell, step);
    } else if (event.key === " " && lesson.dataset.entry) {
      event.preventDefault();
      lesson.click();
    } else if ((event.key === "Delete" || event.key === "Backspace") && lesson.dataset.entry) {
      event.preventDefault();
      this.send({ do: "remove", entry: lesson.dataset.entry });
    }
  };

  private step(cell: HTMLElement, [down, right]: [number, number]) {
    const rows = [...this.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll<HTMLElement>("td")]);
    const y = rows.findIndex((row) => row.includes(cell as HTMLElement));
    const next = rows[y + down]?.[(rows[y]?.indexOf(cell) ?? 0) + right];
    next?.querySelector<HTMLElement>(".lesson")?.focus();
  }

  private drag = (event: DragEvent) => {
    const lesson = (event.target as HTMLElement).closest<HTMLElement>(".lesson");
    if (!lesson || !(lesson.dataset.entry || lesson.dataset.what)) return;
    event.dataTransfer?.setData("text/plain", lesson.dataset.name ?? "");
    this.dragged = true;
    this.take(this.of(lesson), false);
  };

  private drop = (event: DragEvent) => {
    const cell = this.cell(event);
    if (!cell || !this.dragged) return;
    event.preventDefault();
    this.dragged = false;
    void this.put(cell);
  };

  // Somebody else has changed this timetable: read the grid again. Our own changes came back with their answer.
  private refresh = async (event: Event) => {
    const by = String((event as CustomEvent<{ by?: string }>).detail?.by ?? "");
    if (ours.delete(by)) return;
    const answer = await fetch(this.dataset.refresh ?? location.href, { headers: { "X-Refresh": this.id } });
    if (!answer.ok || answer.redirected || !this.isConnected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(this.id);
    again = this.contains(document.activeElement);
    if (!fresh) return;
    this.replaceWith(document.adoptNode(fresh));
    htmx.process(fresh);
  };

  // Read out, and written beside the lesson in the hand.
  private say(text: string, hint = text) {
    const [heard, seen] = [document.getElementById("grid-said"), this.querySelector("[data-hint]")];
    if (heard) heard.textContent = text;
    if (seen) seen.textContent = hint;
  }
}

const STEPS: Record<string, [number, number] | undefined> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
const fine = () => matchMedia("(hover: hover) and (pointer: fine)").matches;

customElements.define("timetable-grid", TimetableGrid);
