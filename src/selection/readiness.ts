/**
 * What this process found about an item:
 * - `ready`: an instance is at hand, or can be made at once.
 * - `making`: its instance is being made, for the first time or after its config changed, and nothing is there yet that
 *   could serve for it.
 * - `failed`: it could not be made, or does not pass its health checks; `retryAt` (epoch milliseconds) is about
 *   when that is tried again.
 * - `missing`: this process has no such plugin registered.
 * - `cooling`: it failed while in use and is left alone until `until` (epoch milliseconds).
 * - `idle`: the item is disabled or retired, so nothing was made.
 */
export type Readiness =
  | { readonly kind: "ready" }
  | { readonly kind: "making" }
  | {
      readonly kind: "failed";
      /** Why it failed. */
      readonly error: Error;
      /** About when it is tried again, in epoch milliseconds. */
      readonly retryAt: number;
    }
  | { readonly kind: "missing" }
  | {
      readonly kind: "cooling";
      /** Until when it is left alone, in epoch milliseconds. */
      readonly until: number;
    }
  | { readonly kind: "idle" };
