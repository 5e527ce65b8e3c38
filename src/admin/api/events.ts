import type { ReadinessInfo } from "./readiness.ts";
import type { StateInfo } from "./session.ts";

/** GET events: server-sent events, `data` as JSON. */
export interface PanelEvents {
  /** Something changed; what the panel shows of these types is old. */
  readonly change: { readonly revision: number; readonly typeIds: readonly string[] };
  readonly readiness: { readonly itemId: string; readonly readiness: ReadinessInfo };
  readonly state: StateInfo;
  /** The stream ends here, to be opened again at once. */
  readonly end: Readonly<Record<string, never>>;
}
