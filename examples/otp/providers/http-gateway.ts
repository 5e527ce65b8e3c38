/** The HTTP API of an SMS gateway. */
export class HttpGateway {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async send(to: string, text: string, signal: AbortSignal): Promise<void> {
    const response = await this.#request("/messages", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to, text }),
      signal,
    });
    if (!response.ok) {
      throw new Error(`The SMS gateway refused the message: ${response.status} ${await response.text()}`);
    }
  }

  /** Whose token it is. */
  async account(signal: AbortSignal): Promise<string> {
    const response = await this.#request("/account", { signal });
    if (!response.ok) {
      throw new Error(`The SMS gateway refused the token: ${response.status} ${await response.text()}`);
    }
    const { account } = (await response.json()) as { account: string };
    return account;
  }

  #request(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, authorization: `Bearer ${this.#token}` };
    return fetch(this.#url + path, { ...init, headers }).catch((error: unknown) => {
      throw new Error("The SMS gateway cannot be reached.", { cause: error });
    });
  }
}
