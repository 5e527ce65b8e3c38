import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("a process that awaits a run lives until that has ended, and no longer", {
  timeout: 30_000,
}, async () => {
  const script = fileURLToPath(new URL("./waiting-process-main.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script]);
  expect(stdout).toBe("TimeoutError OUTCOME_UNKNOWN false\n");
});
