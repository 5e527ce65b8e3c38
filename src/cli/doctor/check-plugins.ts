import { diagnose, type Evidence } from "../../control/diagnosis/diagnose.ts";
import { type Finding, ok } from "../../control/diagnosis/finding.ts";
import { defaultPrepareTimeoutMs, openKeys } from "../../open/open-plugbay.ts";
import { Emitter } from "../../serving/events.ts";
import { Serving } from "../../serving/serving.ts";
import type { Rows } from "../../store/rows.ts";
import { systemClock } from "../../time/clock.ts";
import type { LoadedConfig } from "../config.ts";
import { whileOpen } from "../while-open.ts";
import { counted } from "../wording.ts";

/** Makes the plugins of all rows, as a process of the application does, and says what is wrong by that and by what is written. */
export async function checkPlugins(
  config: LoadedConfig,
  rows: Rows,
  written?: Evidence["written"],
): Promise<Finding<string>[]> {
  const { plugins: registry, prepareTimeoutMs = defaultPrepareTimeoutMs } = config;
  const keys = openKeys(config);
  const serving = new Serving({
    registry,
    keys,
    clock: systemClock,
    prepareTimeoutMs,
    graceMs: 0,
    emitter: new Emitter(),
  });
  return whileOpen(closing(serving), async () => {
    const { instances } = serving;
    serving.accept(serving.localRows(rows, true), true);
    await instances.settled();
    const { snapshot } = serving;
    // Transient plugins are made when they are used, so they are used once.
    for (const item of snapshot.items) instances.lease(item, "other")?.release();
    const ready = [...snapshot.items].filter((item) => instances.readiness(item).kind === "ready");
    return [
      ok("ready", `${counted(ready.length, "plugin item")} ${ready.length === 1 ? "is" : "are"} ready`),
      ...diagnose({
        snapshot,
        registry,
        readiness: (item) => instances.readiness(item),
        ...(written && { written }),
      }),
    ];
  });
}

/** How long the command waits for instances that are disposed of, in milliseconds. */
const disposalsLimitMs = 1_000;

const closing = (serving: Serving) => ({
  close: () => {
    serving.end();
    return serving.instances.close(disposalsLimitMs);
  },
});
