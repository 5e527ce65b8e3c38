import type { Command } from "commander";
import type { ProcessInfo, ProcessKnowledge } from "../../control/diagnosis/process-info.ts";
import { addCommand, type CommonOptions, reporting } from "../command.ts";
import { loadConfig } from "../config.ts";
import { findItem, itemForms } from "../find.ts";
import type { Report } from "../report.ts";
import { withPlugbay } from "../session.ts";
import { formatTable } from "../table.ts";

export function addProcesses(program: Command): void {
  addCommand(program, "processes", "Lists the application's processes, as each last reported.", [
    "processes",
    "processes --item sms_ir",
  ])
    .option("--item <item>", `whether each has this item's plugin; the item is ${itemForms}`)
    .action(reporting(processes));
}

interface ProcessesOptions extends CommonOptions {
  readonly item?: string;
}

async function processes({ config, item }: ProcessesOptions): Promise<Report> {
  return withPlugbay(await loadConfig(config), async ({ control }, snapshot) => {
    if (item === undefined) return report(await control.processes());
    const knowledge = await control.whoKnows(findItem(snapshot, item).id);
    return report(
      knowledge.map(({ process }) => process),
      knowledge,
    );
  });
}

function report(known: readonly ProcessInfo[], knowledge?: readonly ProcessKnowledge[]): Report {
  if (known.length === 0) return { json: [], text: "No process of the application is running." };
  const headings = ["PROCESS", "VERSION", "STATE", "REVISION", "HEARS BY", "SEEN", "PLUGIN"];
  const rows = known.map((process, index) => [
    processName(process),
    process.version,
    process.state,
    String(process.revision),
    process.transport,
    `${Math.round(process.seenAgoMs / 1_000)} s ago`,
    knowledge ? wordFor(knowledge[index]) : "",
  ]);
  return { json: knowledge ?? known, text: formatTable(headings, rows) };
}

const processName = ({ host, pid }: ProcessInfo): string => `${host}:${pid}`;

function wordFor(knowledge: ProcessKnowledge | undefined): string {
  if (!knowledge?.knows) return "missing";
  return knowledge.failure === undefined ? "known" : `failed: ${knowledge.failure}`;
}
