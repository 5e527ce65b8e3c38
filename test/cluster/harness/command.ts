import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCliProcess } from "../../cli/cli-process.ts";
import type { Setup } from "./setup.ts";

export interface Diagnosis {
  readonly healthy: boolean;
  readonly findings: readonly { readonly level: "ok" | "warning" | "problem"; readonly message: string }[];
}

export interface Migrated {
  readonly counts: { readonly prunedItems: number; readonly prunedTypes: number; readonly heldBack: number };
}

const config = fileURLToPath(new URL("plugbay.config.ts", import.meta.url));

/** What `plugbay doctor` says, run with the code and the database of a process. */
export const doctor = (setup: Setup): Promise<Diagnosis> => run(setup, "doctor");

/** What `plugbay migrate` has done, run with the code and the database of a process. */
export const migrate = (setup: Setup): Promise<Migrated> => run(setup, "migrate");

async function run<T>(setup: Setup, command: string): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-command-"));
  try {
    await writeFile(join(folder, "setup.json"), JSON.stringify(setup));
    const { stdout, stderr } = await runCliProcess(folder, command, "--json", "--config", config);
    if (stderr !== "") throw new Error(stderr);
    return JSON.parse(stdout) as T;
  } finally {
    await rm(folder, { recursive: true });
  }
}
