import { endOf, type Hold } from "../definition/hold.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { CallFailures, Readiness } from "../selection/readiness.ts";
import type { Aside } from "./circuit-state.ts";
import type { Slot } from "./slot.ts";

/** Those that have nothing more to say, shared by all items. */
const readiness = {
  ready: Object.freeze({ kind: "ready" }),
  making: Object.freeze({ kind: "making" }),
  idle: Object.freeze({ kind: "idle" }),
  missing: Object.freeze({ kind: "missing" }),
} as const satisfies Record<string, Readiness>;

/** Of an item that gets no calls for a while. */
const cooling = (
  { reason, until }: Aside,
  failures: CallFailures | undefined,
): Extract<Readiness, { readonly kind: "cooling" }> => ({
  kind: "cooling",
  reason,
  until,
  ...(failures && { failures }),
});

/** Of an item that an operator put aside. */
const heldBy = (hold: Hold): Readiness => ({
  kind: "held",
  until: endOf(hold),
  reason: hold.reason,
  by: hold.by,
});

/**
 * What this process found about an item.
 *
 * @param slot its own, where it has one
 * @param isWanted whether it is to serve when it can
 * @param isKnown whether this process has its plugin
 */
export function readinessOf(
  item: PluginItem,
  slot: Slot | undefined,
  isWanted: boolean,
  isKnown: () => boolean,
): Readiness {
  const serving = slot?.serving;
  if (!isWanted && serving) return readiness.ready;
  if ((!isWanted || !slot) && !isKnown()) return readiness.missing;
  if (!isWanted) return readiness.idle;
  if (item.hold) return heldBy(item.hold);
  if (!slot) return readiness.idle;
  const { state } = slot;
  if (state.kind === "failed") return { kind: "failed", error: state.error, retryAt: state.retryAt };
  if (serving === undefined) return readiness.making;
  if (serving.health) return { kind: "failed", ...serving.health };
  const aside = serving.circuit?.aside;
  return aside === undefined ? readiness.ready : cooling(aside, serving.failures);
}
