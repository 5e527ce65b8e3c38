import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Definitions, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { afterEach } from "vitest";
import { all } from "./fixtures/definitions.ts";

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A folder in which the configs of `fixtures` find their database, `app.db`; gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-cli-"));
  endings.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * The application itself, over the same database; what the command does is checked from its side. It does not say
 * that it is alive, unless `heartbeatMs` has it.
 */
export async function openIn(
  folder: string,
  plugins: Definitions = all,
  { heartbeatMs = false, version = "" }: Pick<OpenOptions, "heartbeatMs" | "version"> = {},
): Promise<Plugbay> {
  const plugbay = await openPlugbay({
    database: sqlite(join(folder, "app.db")),
    plugins,
    pollIntervalMs: false,
    heartbeatMs,
    version,
  });
  endings.push(() => plugbay.close());
  return plugbay;
}
