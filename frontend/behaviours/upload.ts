// Resumable upload (tus 1.0): a cut line, a reload or a restarted server only pause it. Without script the form posts the file.
import { Upload } from "tus-js-client";

class ResumableUpload extends HTMLElement {
  private current?: Upload;
  connectedCallback() {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    const form = this.closest("form");
    if (!input || !form || !this.dataset.endpoint) return;
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file) this.send(file, input);
    });
    this.querySelector("[data-pause]")?.addEventListener("click", () => {
      if (!this.current) return;
      if (this.dataset.state === "paused") this.current.start();
      else void this.current.abort();
      this.state(this.dataset.state === "paused" ? "sending" : "paused");
    });
  }
  private state(name: string) {
    this.dataset.state = name;
    for (const part of this.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = !part.dataset.when?.split(" ").includes(name);
  }
  private send(file: File, input: HTMLInputElement) {
    const bar = this.querySelector("progress");
    const said = this.querySelector("[data-said]");
    const field = this.querySelector<HTMLInputElement>("input[type=hidden][name=upload]");
    const csrf = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    const upload = new Upload(file, {
      endpoint: this.dataset.endpoint,
      chunkSize: 4 * 1024 * 1024,
      retryDelays: [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000],
      removeFingerprintOnSuccess: true,
      headers: { "X-CSRFToken": csrf },
      metadata: { filename: file.name, purpose: this.dataset.purpose ?? "" },
      onProgress: (sent, total) => {
        const percent = Math.floor((100 * sent) / Math.max(1, total));
        if (bar) bar.value = percent;
        if (said) said.textContent = `${percent}\u00a0%`;
      },
      onError: (error) => {
        this.state("failed");
        const reason = this.querySelector("[data-reason]");
        const answer = "originalResponse" in error ? error.originalResponse?.getBody() : "";
        if (reason && answer && answer.length < 300 && !answer.startsWith("<")) reason.textContent = answer;
      },
      onSuccess: () => {
        if (field) field.value = upload.url?.split("/").filter(Boolean).pop() ?? "";
        input.value = "";
        this.state("done");
      },
    });
    this.current = upload;
    this.state("sending");
    void upload.findPreviousUploads().then((earlier) => {
      if (earlier[0]) upload.resumeFromPreviousUpload(earlier[0]);
      upload.start();
    });
  }
}
customElements.define("resumable-upload", ResumableUpload);
