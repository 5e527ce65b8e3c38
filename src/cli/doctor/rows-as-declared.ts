import { schemaWait } from "../../instances/schema-wait.ts";
import { defaultPrepareTimeoutMs } from "../../open/open-plugbay.ts";
import { noRows, type Rows } from "../../store/rows.ts";
import { newUuid } from "../../store/uuid.ts";
import { planSync } from "../../sync/plan-sync.ts";
import { pluginsToConfigure } from "../../sync/plugins-to-configure.ts";
import { systemClock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import type { LoadedConfig } from "../config.ts";

/** The rows that a first sync would write: what can be known of plugins where the database cannot be read. */
export async function rowsAsDeclared({ plugins: registry, prepareTimeoutMs }: LoadedConfig): Promise<Rows> {
  const toConfigure = await pluginsToConfigure(
    registry,
    schemaWait(systemClock, prepareTimeoutMs ?? defaultPrepareTimeoutMs),
  );
  const now = isoTime(systemClock);
  const { changes } = planSync(registry, noRows, {
    mode: "create",
    prune: false,
    newId: newUuid,
    toConfigure,
    now,
  });
  return {
    ...noRows,
    types: changes.flatMap((change) => (change.entity === "type" && change.after ? [change.after] : [])),
    items: changes.flatMap((change) => (change.entity === "item" && change.after ? [change.after] : [])),
  };
}
