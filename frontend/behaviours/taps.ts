// A form that saves itself at each tap. One request at a time, always the newest state; a lost line is tried again
// until it is back. The button stays: without script it sends everything at once.
const WAITS = [2, 5, 10, 30];

class SaveTaps extends HTMLElement {
  #busy = false;
  #changed = false;
  #tries = 0;

  connectedCallback() {
    this.addEventListener("change", () => this.#save());
    addEventListener("online", () => this.#changed && this.#save());
  }

  async #save() {
    this.#changed = true;
    const form = this.querySelector("form");
    if (this.#busy || !form) return;
    this.#busy = true;
    this.#changed = false;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST", body: new FormData(form), headers: { "X-Tap": "1" }, redirect: "manual",
      });
      if (answer.status !== 204) throw new Error(String(answer.status));
      this.#tries = 0;
      this.#say("saved");
    } catch {
      this.#changed = true;
      this.#say("waiting");
    }
    this.#busy = false;
    if (!this.#changed) return;
    const wait = this.dataset.state === "waiting" ? (WAITS[Math.min(this.#tries++, WAITS.length - 1)] ?? 30) * 1000 : 0;
    setTimeout(() => this.#save(), wait);
  }

  #say(state: "saved" | "waiting") {
    this.dataset.state = state;
    this.querySelectorAll<HTMLElement>("[data-when]").forEach((note) => (note.hidden = note.dataset.when !== state));
  }
}
customElements.define("save-taps", SaveTaps);
export {};
