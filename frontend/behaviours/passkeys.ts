// Passkeys: the server's options go to the browser, the browser's answer goes back in a hidden field of a normal form.
type Options = { publicKey: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON };

const bytes = (text: string) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer: ArrayBuffer | null) =>
  buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") : null;

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return this.querySelector("[data-unsupported]")?.removeAttribute("hidden");
    this.querySelector<HTMLElement>("[data-start]")?.addEventListener("click", (event) => {
      event.preventDefault();
      void this.run();
    });
  }
  private async run() {
    const form = this.querySelector("form") as HTMLFormElement;
    try {
      const options = (await this.options()) as Options;
      const answer = this.dataset.kind === "create" ? await create(options) : await get(options);
      (form.elements.namedItem("credential") as HTMLInputElement).value = JSON.stringify(answer);
      form.submit();
    } catch {
      this.querySelector("[data-failed]")?.removeAttribute("hidden");
    }
  }
  private async options(): Promise<unknown> {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const answer = await fetch(this.dataset.from ?? "", { headers: { Accept: "application/json" } });
    const body = (await answer.json()) as { request_options?: unknown; data?: { request_options: unknown } };
    return body.request_options ?? body.data?.request_options;
  }
}

async function create({ publicKey }: Options) {
  const made = (await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      // A key that also says whose it is, and asks for finger, face or PIN: it signs in by itself.
      authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: publicKey.excludeCredentials?.map((c) => ({ ...c, id: bytes(c.id) })),
    } as PublicKeyCredentialCreationOptions,
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(),
    response: { attestationObject: text(response.attestationObject), clientDataJSON: text(response.clientDataJSON) },
  };
}

async function get({ publicKey }: Options) {
  const made = (await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: publicKey.allowCredentials?.map((c) => ({ ...c, id: bytes(c.id) })),
    } as PublicKeyCredentialRequestOptions,
  })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAssertionResponse;
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults(),
    response: {
      authenticatorData: text(response.authenticatorData), clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature), userHandle: text(response.userHandle),
    },
  };
}
customElements.define("passkey-form", PasskeyForm);
