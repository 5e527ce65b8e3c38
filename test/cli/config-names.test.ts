import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configThat, makeApplication } from "./application.ts";
import { runCli } from "./run-cli.ts";

const extensions = ["cjs", "mjs", "js", "cts", "mts", "ts"];

test("a config may have each of these names, and that of TypeScript goes first", async () => {
  const folder = await makeApplication({});
  const missing = await runCli(folder, "list");
  for (const extension of extensions) {
    expect(missing.stderr).toContain(`.${extension}`);
    await writeFile(
      join(folder, `plugbay.config.${extension}`),
      // In a file of CommonJS a compiler makes that of it.
      extension === "cjs" ? 'throw new Error("cjs");' : configThat(`process.stderr.write("${extension}");`),
    );
    const { stderr } = await runCli(folder, "migrate");
    expect(stderr).toContain(extension === "cjs" ? "could not be loaded: cjs" : extension);
  }
});
