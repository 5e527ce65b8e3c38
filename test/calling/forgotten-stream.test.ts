import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("a stream that nobody asks for a part keeps no process alive", { timeout: 60_000 }, async () => {
  const script = fileURLToPath(new URL("./forgotten-stream-main.ts", import.meta.url));
  const options = { timeout: 50_000 };
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script], options);
  expect(stdout).toBe("{ done: false, value: '1' }\n");
});
