// The waiting room: the countdown by the server's clock, and how many have come, without asking the server again.

// Words by the minute. The server said what time it is; from there only the time that passed here is counted.
class RoomClock extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    const at = (name: string) => Number(this.dataset[name]);
    const born = performance.now();
    const said = this.querySelector(".when b");
    const waits = at("now") < at("opens");
    const tick = () => {
      const now = at("now") + performance.now() - born;
      if (waits && now >= at("opens")) return this.#enter();
      const minutes = Math.ceil((at("starts") - now) / 60_000);
      if (!said) return;
      if (now >= at("ends")) said.textContent = this.dataset.over ?? "";
      else if (now >= at("starts")) said.textContent = this.dataset.during ?? "";
      else if (minutes < 60) said.textContent = (this.dataset.soon ?? "").replace("#", String(minutes));
    };
    this.#timer = window.setInterval(tick, 5_000);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  // The door opens while the page stands before it: come in, not all in the same second.
  #enter() {
    clearInterval(this.#timer);
    setTimeout(() => location.reload(), Math.random() * 20_000);
  }
}
customElements.define("room-clock", RoomClock);

class ArrivalCount extends HTMLElement {
  #heard = (event: Event) => {
    const told = (event as CustomEvent<{ period?: number; count?: number }>).detail;
    const place = this.querySelector("b");
    if (place && String(told.period) === this.dataset.period) place.textContent = String(told.count);
  };

  connectedCallback() {
    document.addEventListener("stream:arrivals", this.#heard);
  }

  disconnectedCallback() {
    document.removeEventListener("stream:arrivals", this.#heard);
  }
}
customElements.define("arrival-count", ArrivalCount);
export {};
