// A toast says that something is done and offers to undo it; it leaves after 8 seconds, not while it is pointed at.
class ToastStack extends HTMLElement {
  connectedCallback() {
    for (const toast of this.querySelectorAll<HTMLElement>(".toast")) this.expire(toast);
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes) if (node instanceof HTMLElement) this.expire(node);
    }).observe(this, { childList: true });
  }
  private expire(toast: HTMLElement) {
    let timer = setTimeout(() => toast.remove(), 8000);
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", () => (timer = setTimeout(() => toast.remove(), 3000)));
  }
}
customElements.define("toast-stack", ToastStack);
