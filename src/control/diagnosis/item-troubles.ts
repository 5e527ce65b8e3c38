import { itemLabel } from "../../definition/describe.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Readiness } from "../../selection/readiness.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import { processName } from "../../sync/format-held-back.ts";
import { knowledgeOf, type ProcessInfo } from "./process-info.ts";

/** What keeps an item in use from serving, and where. */
export interface ItemTrouble {
  readonly item: PluginItem;
  /** Why it fails, each reason with the processes that say so; none: only this one. */
  readonly failures: ReadonlyMap<string, readonly string[]>;
  /** Whether this process has no such plugin. */
  readonly isMissingHere: boolean;
  /** The processes that do not have its plugin, where others do. */
  readonly missing: readonly string[];
  /** How many processes run. */
  readonly processes: number;
  /** Whether it cannot serve here. */
  readonly isUnableHere: boolean;
  /** Whether it can serve in none of the running processes, of which there are some. */
  readonly isUnableElsewhere: boolean;
}

/** What is wrong with an item here and in the running processes. */
export function itemTrouble(
  item: PluginItem,
  { row }: TypeSnapshot,
  readiness: Readiness,
  processes: readonly ProcessInfo[],
): ItemTrouble {
  const knowledge = knowledgeOf(item, row.aliases ?? [], processes);
  const failures = new Map<string, string[]>();
  if (readiness.kind === "failed") failures.set(readiness.error.message, []);
  for (const { process, failure } of knowledge) {
    if (failure !== undefined)
      failures.set(failure, [...(failures.get(failure) ?? []), processName(process)]);
  }
  const without = knowledge.filter(({ knows }) => !knows).map(({ process }) => processName(process));
  return {
    item,
    failures,
    isMissingHere: readiness.kind === "missing",
    missing: without.length < processes.length ? without : [],
    processes: processes.length,
    isUnableHere: readiness.kind === "failed" || readiness.kind === "missing",
    isUnableElsewhere:
      processes.length > 0 && knowledge.every(({ knows, failure }) => !knows || failure !== undefined),
  };
}

/** Whether anything is wrong at all. */
export const isTrouble = ({ failures, missing, isUnableHere }: ItemTrouble): boolean =>
  failures.size > 0 || missing.length > 0 || isUnableHere;

/** `apps/sms:sms: SMS_KEY is not set`, a line for each reason. */
export function causesOf({ item, failures, isMissingHere }: ItemTrouble): string[] {
  const causes = [...failures].map(([message, processes]) => `${message}${inProcesses(processes)}`);
  if (causes.length > 0 || !isMissingHere) return causes;
  return [`${itemLabel(item)}: this code does not have its plugin`];
}

/** `, in web-1:4021 and 2 others` */
export function inProcesses([first, ...others]: readonly string[]): string {
  if (first === undefined) return "";
  return `, in ${first}${others.length === 0 ? "" : ` and ${others.length} other${others.length === 1 ? "" : "s"}`}`;
}
