// "Hiện" beside a password field; the words for both states come from the server.
class RevealPassword extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("button");
    if (!field || !button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      const word = button.querySelector("span");
      if (word) word.textContent = (shown ? button.dataset.show : button.dataset.hide) ?? "";
      field.focus();
    });
  }
}
customElements.define("reveal-password", RevealPassword);
