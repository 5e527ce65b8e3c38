import type { Request, Response } from "express";

const cookie = "shop_session";

/** Who is signed in, in memory. Stands for your own sign-in. */
export class Sessions {
  readonly #users = new Map<string, string>();

  signIn(response: Response, name: string, password: string): boolean {
    if (name !== "alice" || password !== "demo") return false;
    const id = crypto.randomUUID();
    this.#users.set(id, name);
    response.cookie(cookie, id, { httpOnly: true, sameSite: "strict" });
    return true;
  }

  userOf({ headers }: Request): string | undefined {
    const pairs = (headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
    const [, id = ""] = pairs.find(([name]) => name === cookie) ?? [];
    return this.#users.get(id);
  }
}
