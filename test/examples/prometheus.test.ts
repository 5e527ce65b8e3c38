import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../servers/free-port.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("examples/prometheus serves what it measures to Prometheus", async () => {
  const port = await freePort();
  const example = spawn(process.execPath, ["--import", "tsx", "examples/prometheus/main.ts"], {
    cwd: root,
    env: { ...process.env, PORT: String(port), STORM: "yes" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(example, "exit");
  onTestFinished(async () => {
    example.kill("SIGKILL");
    await ended;
  });
  await once(example.stdout, "data");
  const scrape = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  // Each comes when it has been measured: the circuit may open before the run that opened it has ended.
  for (const metric of [
    /plugbay_circuit_state\{[^}]*drone[^}]*\} 2/,
    /plugbay_run_duration_count\{[^}]*feature_flag_key="apps\/shop\/courier"[^}]*van/,
    /plugbay_revision_lag\{[^}]*\} 0/,
    /plugbay_snapshot_age\{[^}]*live/,
  ])
    await expect.poll(scrape, { timeout: 60_000 }).toMatch(metric);
  example.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
});
