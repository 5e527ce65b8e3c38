import { join } from "node:path";
import { openPlugbay } from "plugbay";
import { redis } from "plugbay/redis";
import { sqlite } from "plugbay/sqlite";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { all, otp } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

const url = inject("redisUrl");

test.skipIf(url === null)("what a command changes is heard at once by the application", async () => {
  vi.stubEnv("PLUGBAY_TEST_PUSH", url ?? "");
  onTestFinished(() => void vi.unstubAllEnvs());
  const folder = await makeFolder();
  const patience = { timeout: 30_000, interval: 20 };
  const application = await openPlugbay({
    database: sqlite(join(folder, "app.db")),
    push: redis(url ?? ""),
    plugins: all,
    // It hears of changes by Redis alone.
    pollIntervalMs: 3_600_000,
  });
  onTestFinished(() => application.close());
  await vi.waitFor(() => expect(application.state).toMatchObject({ transport: "redis" }), patience);

  const set = await runCli(folder, "set", "sms", "--status", "disable", ...config("push"));
  expect(set).toMatchObject({ code: 0, stderr: "" });
  const sms = () => application.items(otp).find(({ name }) => name === "sms");
  await vi.waitFor(() => expect(sms()).toMatchObject({ status: "disable" }), patience);
});
