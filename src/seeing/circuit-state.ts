import type { Slot } from "../instances/slot.ts";

/** `closed`: calls go through. `open`: the item is left alone. `half-open`: one call may try it, or is about to. */
export type CircuitState = "closed" | "half-open" | "open";

/** How the circuit of an item is, as this process sees it. What another process may try is open here. */
export function circuitState(slot: Slot | undefined): CircuitState {
  const kind = slot?.circuit?.finding.circuit.kind ?? "closed";
  if (kind === "probing") return "half-open";
  return kind === "elsewhere" ? "open" : kind;
}
