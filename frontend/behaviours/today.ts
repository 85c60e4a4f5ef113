// The time left until a period begins or ends: counted on from the seconds that the server said, never from this
// device's clock, which may be in another time zone or simply wrong. At the end the block is read again.
import { refresh } from "./streams";

class BellTime extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    const began = performance.now();
    const all = Number(this.dataset.seconds);
    const tick = () => {
      const left = all - (performance.now() - began) / 1000;
      if (left <= 0) {
        clearInterval(this.#timer);
        const block = this.closest<HTMLElement>("[data-refresh-on]");
        if (block) setTimeout(() => void refresh(block), Math.random() * 5000); // a whole school reaches the bell at once
      } else if (left <= 3600) this.textContent = (this.dataset.pattern ?? "#").replace("#", String(Math.ceil(left / 60)));
    };
    this.#timer = window.setInterval(tick, 5000);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }
}
customElements.define("bell-time", BellTime);

class PrintButton extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", () => window.print());
  }
}
customElements.define("print-button", PrintButton);

// A page that lay in the pocket for a while is read again when it is looked at.
let hiddenAt = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenAt = Date.now();
  else if (hiddenAt && Date.now() - hiddenAt > 60_000)
    for (const block of document.querySelectorAll<HTMLElement>("[data-refresh-on~=periods]")) void refresh(block);
});
