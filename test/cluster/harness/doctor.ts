import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCli } from "../../cli/run-cli.ts";
import type { Setup } from "./setup.ts";

export interface Diagnosis {
  readonly healthy: boolean;
  readonly findings: readonly { readonly level: "ok" | "warning" | "problem"; readonly message: string }[];
}

const config = fileURLToPath(new URL("plugbay.config.ts", import.meta.url));

/** What `plugbay doctor` says, run with the code and the database of a process. */
export async function doctor(setup: Setup): Promise<Diagnosis> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-doctor-"));
  try {
    await writeFile(join(folder, "setup.json"), JSON.stringify(setup));
    const { stdout, stderr } = await runCli(folder, "doctor", "--json", "--config", config);
    if (stderr !== "") throw new Error(stderr);
    return JSON.parse(stdout) as Diagnosis;
  } finally {
    await rm(folder, { recursive: true });
  }
}
