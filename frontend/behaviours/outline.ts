// The outline of a programme: lessons dragged with a mouse, beside the buttons that everybody has; and the box for a table
// copied from Word or Excel, which also keeps the clipboard's markup, where merged cells and line breaks survive.
class DragRows extends HTMLElement {
  private dragged?: HTMLElement;
  connectedCallback() {
    if (!document.getElementById("deeds") || !matchMedia("(hover: hover) and (pointer: fine)").matches) return;
    for (const row of this.querySelectorAll<HTMLElement>("[data-lesson]")) row.draggable = true;
    this.addEventListener("dragstart", (event) => {
      this.dragged = (event.target as HTMLElement).closest<HTMLElement>("[data-lesson]") ?? undefined;
      event.dataTransfer?.setData("text/plain", this.dragged?.querySelector("b")?.textContent ?? "");
    });
    this.addEventListener("dragover", (event) => {
      const place = this.place(event);
      if (!this.dragged || !place) return;
      event.preventDefault();
      this.mark(place.row);
    });
    this.addEventListener("dragend", () => this.mark());
    this.addEventListener("drop", (event) => {
      const place = this.place(event);
      this.mark();
      if (!this.dragged || !place) return;
      event.preventDefault();
      this.send(`place lesson-${this.dragged.dataset.lesson}/${place.said}`);
    });
  }
  private place(event: DragEvent): { row: HTMLElement; said: string } | undefined {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("[data-lesson]");
    if (row === this.dragged) return;
    if (row) return { row, said: `before-${row.dataset.lesson}` };
    const topic = target.closest<HTMLElement>("[data-topic]");
    return topic ? { row: topic, said: `in-${topic.dataset.topic}` } : undefined;
  }
  private mark(row?: HTMLElement) {
    this.querySelector("[data-drop]")?.removeAttribute("data-drop");
    row?.setAttribute("data-drop", "");
  }
  private send(deed: string) {
    const form = document.getElementById("deeds") as HTMLFormElement;
    const button = document.createElement("button");
    button.name = "do";
    button.value = deed;
    button.hidden = true;
    form.append(button);
    form.requestSubmit(button);
  }
}
customElements.define("drag-rows", DragRows);

const MOST = 800_000; // letters of markup; a longer one is left to the plain text

class PasteTable extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("textarea");
    const markup = this.querySelector<HTMLInputElement>("input[type=hidden]");
    if (!box || !markup) return;
    box.addEventListener("paste", (event) => {
      const found = event.clipboardData?.getData("text/html") ?? "";
      const whole = box.value.length === box.selectionEnd - box.selectionStart;
      markup.value = whole && found.includes("<table") && found.length < MOST ? tables(found) : "";
    });
    box.addEventListener("input", (event) => {
      if ((event as InputEvent).inputType !== "insertFromPaste") markup.value = "";
    });
  }
}
customElements.define("paste-table", PasteTable);

// Only the tables go to the school, as letters and never parsed here: Word puts its whole style sheet on the clipboard.
const tables = (found: string) =>
  found
    .slice(found.indexOf("<table"), found.lastIndexOf("</table>") + 8)
    .replace(/<!--[\s\S]*?-->|<(style|script)[\s\S]*?<\/\1>/gi, "")
    .replace(/<(\w+)\b[^>]*>/g, (tag, name: string) => {
      const spans = tag.match(/\b(rowspan|colspan)\s*=\s*["']?\d+["']?/gi) ?? [];
      return `<${[name, ...spans].join(" ")}>`;
    });
