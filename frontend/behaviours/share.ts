// Sends a message by the phone's own sheet, or copies it; without either the text is there to be chosen by hand.
class ShareText extends HTMLElement {
  connectedCallback() {
    const share = this.querySelector<HTMLButtonElement>("[data-share]");
    const copy = this.querySelector<HTMLButtonElement>("[data-copy]");
    if (share && "share" in navigator) {
      share.hidden = false;
      share.addEventListener("click", () => void navigator.share({ text: this.#text() }).catch(() => undefined));
    }
    if (copy && (navigator.clipboard || document.queryCommandSupported?.("copy"))) {
      copy.hidden = false;
      copy.addEventListener("click", () => void this.#copy());
    }
  }

  #text() {
    return this.querySelector("textarea")?.value ?? "";
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#text());
    } catch {
      this.querySelector("textarea")?.select(); // an address without https has no clipboard
      if (!document.execCommand("copy")) return;
    }
    const said = this.querySelector<HTMLElement>("[data-copied]");
    if (said) said.hidden = false;
  }
}
customElements.define("share-text", ShareText);
export {};
