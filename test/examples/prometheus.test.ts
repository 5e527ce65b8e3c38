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
  await expect.poll(scrape, { timeout: 60_000 }).toMatch(/plugbay_circuit_state\{[^}]*drone[^}]*\} 2/);
  const text = await scrape();
  expect(text).toMatch(/plugbay_run_duration_count\{[^}]*feature_flag_key="apps\/shop\/courier"[^}]*van/);
  expect(text).toMatch(/plugbay_revision_lag\{[^}]*\} 0/);
  expect(text).toMatch(/plugbay_snapshot_age\{[^}]*live/);
  example.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
});
