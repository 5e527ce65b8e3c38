import { expect } from "vitest";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

let browsers = 0;

/**
 * As much of a browser as sign-in needs: it keeps cookies, and says where its forms come from. Each comes
 * from another address, as far as a panel that trusts the proxy in front of it can see.
 */
export class Browser {
  readonly origin: string;
  readonly #address: string;
  /** By name. */
  cookies = new Map<string, string>();
  /** The header lines by which the last cookies came. */
  setCookies: string[] = [];

  constructor(origin: string) {
    this.origin = origin;
    browsers += 1;
    this.#address = `198.51.${Math.floor(browsers / 256)}.${browsers % 256}`;
  }

  get sessionCookie(): string | undefined {
    return [...this.cookies].find(([name]) => name.endsWith("session_token"))?.[1];
  }

  get(path: string, headers: Record<string, string> = { accept: "text/html" }): Promise<Answer> {
    return this.#send(path, { headers });
  }

  /** Sends a form of the panel; with other headers where one comes from elsewhere. */
  post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = { origin: this.origin, "sec-fetch-site": "same-origin" },
  ): Promise<Answer> {
    return this.#send(path, { method: "POST", body: new URLSearchParams(fields), headers });
  }

  signIn(email: string, password: string, next = ""): Promise<Answer> {
    return this.post("/sign-in", { email, password, next });
  }

  /** What the panel's API answers, as JSON. */
  async api(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const { status, text } = await this.get(`/api/${path}`, { accept: "application/json" });
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  }

  /** A change of an item by the panel's API. */
  change(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    return this.send("PATCH", path, body);
  }

  /** A request to the panel's API, as its page sends it. */
  async send(
    method: "PATCH" | "POST",
    path: string,
    body: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const headers = {
      "content-type": "application/json",
      origin: this.origin,
      "sec-fetch-site": "same-origin",
    };
    const init = { method, headers, body: JSON.stringify(body) };
    const { status, text } = await this.#send(`/api/${path}`, init);
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  }

  /** Opens a stream of events of the panel, and leaves it open. */
  async listen(path: string): Promise<void> {
    const headers = { cookie: this.#cookieLine(), accept: "text/event-stream" };
    const response = await fetch(new URL(`/api/${path}`, this.origin), { headers });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    // It ends with the server's end.
    response.text().catch(() => undefined);
  }

  #cookieLine(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (!headers.has("x-forwarded-for")) headers.set("x-forwarded-for", this.#address);
    if (this.cookies.size > 0) headers.set("cookie", this.#cookieLine());
    const response = await fetch(new URL(path, this.origin), { ...init, headers, redirect: "manual" });
    this.setCookies = response.headers.getSetCookie();
    for (const cookie of this.setCookies) this.#keep(cookie);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  #keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
