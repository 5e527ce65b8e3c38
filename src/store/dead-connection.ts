import { withCauses } from "../thrown.ts";

/**
 * A connection said nothing to what any server answers at once, or another one answered in its place. So it was dead, and
 * what was asked over it can be asked again.
 */
export class DeadConnection extends Error {
  readonly code = "ETIMEDOUT";
  constructor(ms: number) {
    super(`the connection was silent for ${ms / 1_000} s`);
  }
}

export function isDead(error: unknown): boolean {
  for (const one of withCauses(error)) if (one instanceof DeadConnection) return true;
  return false;
}

/** When one is found dead, all that are idle are closed: so the next one is new, or has just answered somebody else. */
const attempts = 3;

/** Does `work`, and does it again where `wasDead` says of how it ended that its connection was dead. */
export async function despiteDead<T>(work: () => Promise<T>): Promise<T> {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isDead(error)) throw error;
    }
  }
}
