import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { CookieStyle } from "./auth-options.ts";

/** Browsers keep no cookie for longer than 400 days. */
const keptSeconds = 365 * 24 * 60 * 60;

/** The browsers in which a user has signed in before, known by a signed cookie that is worth nothing else. */
export class Devices {
  readonly #secret: string;
  readonly #style: CookieStyle;
  readonly #name: string;

  constructor(secret: string, style: CookieStyle) {
    this.#secret = secret;
    this.#style = style;
    this.#name = `${style.prefix}plugbay.device`;
  }

  /** Which browser of an account's user sends a request, if it is one; and the cookie that makes it one. */
  recognize(
    headers: Headers,
    account: string,
  ): { readonly device: string | undefined; readonly cookie: string } {
    const [device, signature] = this.#sent(headers)?.split(".") ?? [];
    const isKnown =
      device !== undefined && signature !== undefined && isEqual(signature, this.#sign(device, account));
    const id = isKnown ? device : randomBytes(16).toString("base64url");
    return { device: isKnown ? device : undefined, cookie: this.#cookie(id, account) };
  }

  #sent(headers: Headers): string | undefined {
    const parts = (headers.get("cookie") ?? "").split(/; */);
    return parts.find((part) => part.startsWith(`${this.#name}=`))?.slice(this.#name.length + 1);
  }

  #cookie(device: string, account: string): string {
    const { path, isSecure } = this.#style;
    const value = `${device}.${this.#sign(device, account)}`;
    const secure = isSecure ? "; Secure" : "";
    return `${this.#name}=${value}; Max-Age=${keptSeconds}; Path=${path}; HttpOnly; SameSite=Lax${secure}`;
  }

  #sign(device: string, account: string): string {
    return createHmac("sha256", this.#secret).update(`device\n${device}\n${account}`).digest("base64url");
  }
}

function isEqual(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
