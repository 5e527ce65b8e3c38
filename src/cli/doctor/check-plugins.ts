import type { PluginItem } from "../../definition/plugin-item.ts";
import type { AnyPluginType } from "../../definition/plugin-type.ts";
import { defaultPrepareTimeoutMs, openKeys } from "../../open/open-plugbay.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import { Emitter } from "../../serving/events.ts";
import { Serving } from "../../serving/serving.ts";
import type { Rows } from "../../store/rows.ts";
import { systemClock } from "../../time/clock.ts";
import type { LoadedConfig } from "../config.ts";
import { nameToUse } from "../find.ts";
import { whileOpen } from "../while-open.ts";
import { counted, typeName } from "../wording.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";

/** Makes the plugins of all rows, as a process of the application does, and says which fail and what is left without any. */
export async function checkPlugins(config: LoadedConfig, rows: Rows): Promise<Finding[]> {
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
    const { instances, offers } = serving;
    serving.accept(serving.localRows(rows, true), true);
    await instances.settled();
    const { snapshot } = serving;
    const items = [...snapshot.types.values()].flatMap((type) => type.items);
    // Transient plugins are made when they are used, so they are used once.
    for (const item of items) instances.lease(item, "other")?.release();

    const isServed = (type: AnyPluginType): boolean => {
      const { active, reserve } = offers.candidates(type);
      return active.length + reserve.length > 0;
    };
    const ready = items.filter((item) => instances.readiness(item).kind === "ready");
    const failed = items.flatMap((item) => {
      const readiness = instances.readiness(item);
      return readiness.kind === "failed" ? [failing(readiness.error, nameToUse(items, item))] : [];
    });
    const unserved = registry.types().flatMap((type) => {
      const present = snapshot.byIdentity.get(type.manager, type.name);
      // A type without a row is reported as out of line already.
      return present === undefined || isServed(type)
        ? []
        : [unable(present, registry.plugins(type).length > 0, (item) => nameToUse(items, item))];
    });
    return [
      ok(`${counted(ready.length, "plugin item")} ${ready.length === 1 ? "is" : "are"} ready`),
      ...failed,
      ...unserved,
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

const failing = (error: Error, operand: string): Finding =>
  problem(
    error.message,
    `correct the cause, or take it out of use: npx plugbay set ${operand} --status disable`,
  );

function unable(
  { row, items }: TypeSnapshot,
  hasPlugins: boolean,
  operand: (item: PluginItem) => string,
): Finding {
  const subject = `nothing can serve ${typeName(row)}`;
  const [first, ...others] = items.filter((item) => item.retiredAt === null);
  if (first === undefined && hasPlugins) {
    return warning(`${subject}: its plugins have no items`, "add one with a config: npx plugbay item add");
  }
  if (first === undefined) {
    return warning(`${subject}: it has no plugins`, "register one for it, then run: npx plugbay sync");
  }
  if ([first, ...others].every((item) => item.status === "disable")) {
    const fix = `activate one: npx plugbay set ${operand(first)} --status active`;
    return warning(`${subject}: all of its items are disabled`, fix);
  }
  const fix = "correct what makes them fail, or activate another";
  return problem(`${subject}: none of its active and reserved items is ready`, fix);
}
