import { knowledgeOf } from "../../control/diagnosis/process-info.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { emptySnapshot, succeed } from "../../selection/snapshot.ts";
import type { ProcessRow } from "../../store/process-row.ts";
import type { Rows } from "../../store/rows.ts";
import { processName } from "../../sync/format-held-back.ts";
import { itemName } from "../wording.ts";
import { type Finding, ok, problem, warning } from "./finding.ts";

/** Whether the application's running processes all have the plugins that an operator may choose, and can make them. */
export function checkProcesses(processes: readonly ProcessRow[], rows: Rows): Finding[] {
  const running = ok(`processes of the application that are running: ${processes.length}`);
  const { snapshot } = succeed(emptySnapshot, rows);
  const findings = [...snapshot.types.values()].flatMap(({ row, items }) =>
    items
      .filter((item) => item.retiredAt === null && item.status !== "disable")
      .flatMap((item) => checkItem(item, row.aliases ?? [], processes)),
  );
  return [running, ...findings];
}

function checkItem(
  item: PluginItem,
  typeAliases: readonly TypeIdentity[],
  processes: readonly ProcessRow[],
): Finding[] {
  const knowledge = knowledgeOf(item, typeAliases, processes);
  const missing = knowledge.filter(({ knows }) => !knows).map(({ process }) => processName(process));
  const failing = knowledge.filter(({ failure }) => failure !== undefined);
  const findings: Finding[] = failing.map(({ process, failure }) =>
    problem(
      `${itemName(item)} fails in ${processName(process)}: ${failure}`,
      "correct the cause, or disable it",
    ),
  );
  if (missing.length > 0 && missing.length < processes.length) {
    findings.push(
      warning(
        `${itemName(item)} is missing in ${missing.length} of ${processes.length} processes: ${missing.join(", ")}`,
        "finish the deployment: those processes run code without it",
      ),
    );
  }
  return findings;
}
