import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Registry } from "../../registry/registry.ts";
import type { Readiness } from "../../selection/readiness.ts";
import { isInUse } from "../../selection/retirement.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { describeFault, type RowFault } from "../../store/row-fault.ts";
import type { SyncPlan } from "../../sync/sync-plan.ts";
import { namesToUse } from "../item-names.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";
import { isTrouble, itemTrouble } from "./item-troubles.ts";
import type { ProcessInfo } from "./process-info.ts";
import { rowFindings } from "./row-findings.ts";
import { typeFindings } from "./type-findings.ts";

/** What a diagnosis goes by. */
export interface Evidence {
  readonly snapshot: Snapshot;
  readonly registry: Registry;
  /** What this process found about an item. */
  readonly readiness: (item: PluginItem) => Readiness;
  /** What the database has; undefined where it cannot be read. */
  readonly written?: {
    /** The plan of a sync that prunes. */
    readonly plan: SyncPlan;
    readonly faults: readonly RowFault[];
    /** The application's processes that are running. */
    readonly processes: readonly ProcessInfo[];
    /** Migrations of a newer version. */
    readonly newerMigrations: readonly string[];
  };
}

const gravity = { problem: 0, warning: 1, ok: 2 } as const;

/** All that is wrong, each trouble once, the gravest first; and what is as it should be. */
export function diagnose({ snapshot, registry, readiness, written }: Evidence): Finding[] {
  const { plan, processes = [], faults = [] } = written ?? {};
  const operand = namesToUse(snapshot.items);
  const lacking = new Set(
    plan?.changes.flatMap((change) =>
      change.entity === "item" && change.action === "create" ? [change.after?.typeId] : [],
    ),
  );
  const findings: Finding[] = [];
  const told = new Set<string>();
  const graveFaults = faultsByType(faults, snapshot);
  const explained = new Set<RowFault>();
  for (const type of snapshot.types.values()) {
    const registered = registry.type(type.row);
    const troubles = type.items
      .filter(isInUse)
      // Nobody asks here for a type that the code does not have.
      .map((item) => itemTrouble(item, type, registered ? readiness(item) : { kind: "idle" }, processes))
      .filter(isTrouble);
    const ofType = graveFaults.get(type.row.id) ?? [];
    const found = typeFindings({
      type,
      troubles,
      operand,
      plugins: registered && registry.plugins(registered).length,
      isLacking: lacking.has(type.row.id),
      faults: ofType,
    });
    findings.push(...found);
    const isUnserved = found.some(({ code }) => code === "unserved");
    for (const { item } of isUnserved ? troubles : []) told.add(item.id);
    for (const { itemId } of found) if (itemId !== undefined) told.add(itemId);
    if (isUnserved) for (const fault of ofType) explained.add(fault);
  }
  return [
    ...faults.filter((fault) => !explained.has(fault)).map(ofFault),
    ...findings,
    ...(plan ? rowFindings(plan, told) : []),
    ...(written ? [running(processes.length), ...newer(written.newerMigrations)] : []),
  ].sort((one, other) => gravity[one.level] - gravity[other.level]);
}

/** Those that keep a row out of use. */
function faultsByType(faults: readonly RowFault[], snapshot: Snapshot): Map<string, RowFault[]> {
  const byType = new Map<string, RowFault[]>();
  for (const fault of faults) {
    const typeId = fault.isGrave ? snapshot.item(fault.id)?.typeId : undefined;
    if (typeId !== undefined) byType.set(typeId, [...(byType.get(typeId) ?? []), fault]);
  }
  return byType;
}

const ofFault = (fault: RowFault): Finding =>
  (fault.isGrave ? problem : warning)("row-fault", describeFault(fault), fault.fix);

const running = (count: number): Finding =>
  ok("processes", `processes of the application that are running: ${count}`);

const newer = (migrations: readonly string[]): Finding[] =>
  migrations.length === 0
    ? []
    : [
        ok(
          "newer-migrations",
          `a newer version of plugbay added the migrations ${migrations.join(", ")}, with which this one works`,
        ),
      ];
