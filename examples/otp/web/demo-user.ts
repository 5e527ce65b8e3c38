import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Authorization } from "plugbay/admin";

/**
 * Stands for the users that an application has: there is one, and the password is made anew at every
 * start. An application of your own asks its own sign-in who sends a request.
 */
export class DemoUser {
  readonly name = "demo";
  readonly password = randomBytes(9).toString("base64url");
  readonly #sessions = new Set<string>();

  /** A new session's id; undefined for a wrong name or password. */
  signIn(name: unknown, password: unknown): string | undefined {
    if (name !== this.name || typeof password !== "string" || !this.#isRight(password)) return undefined;
    const session = randomUUID();
    this.#sessions.add(session);
    return session;
  }

  signOut(session: string | undefined): void {
    if (session !== undefined) this.#sessions.delete(session);
  }

  /** What the panel is told of somebody with this session; null for nobody. */
  authorize(session: string | undefined): Authorization | null {
    if (session === undefined || !this.#sessions.has(session)) return null;
    return { actor: this.name, access: "write" };
  }

  #isRight(password: string): boolean {
    const [given, right] = [Buffer.from(password), Buffer.from(this.password)];
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
