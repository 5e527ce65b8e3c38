import { expect, test } from "vitest";
import { otp, routed, sms } from "./fixtures/definitions.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

test("explain says who serves and why the others do not, with the errors of those that fail", async () => {
  const folder = await makeFolder();
  await runCli(folder, "migrate", ...config("broken"));

  const { code, stdout, stderr } = await runCli(folder, "explain", "otp", ...config("broken"));
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/apps\/refusing:refusing +failed +Active +-10/);
  expect(stdout).toMatch(/apps\/hanging:hanging +failed/);
  expect(stdout).toMatch(/apps\/sms:sms +selected/);
  expect(stdout).toMatch(/apps\/mail:smtp +lower-priority/);
  expect(stdout).toMatch(/apps\/files:outbox +reserve/);
  expect(stdout).toContain("the gateway refused the key");
  expect(stdout).toContain("was not ready within 200 ms");
  expect(stdout).toContain("otp (apps/otp) is served by apps/sms:sms.");

  const broken = await runCli(folder, "explain", "apps/broken/broken", "--json", ...config("broken"));
  expect(JSON.parse(broken.stdout)).toMatchObject({
    type: { manager: "apps/broken", name: "broken" },
    selected: null,
    items: [{ reason: "failed", error: { code: "PLUGIN_FAILED", message: expect.stringContaining("send") } }],
  });
});

test("explain hands arguments to the selector as strings, and refuses them where there is none", async () => {
  const folder = await makeFolder();
  const plugbay = await openIn(folder);
  const south = plugbay.items(routed).find(({ module }) => module === "apps/south");

  const chosen = await runCli(folder, "explain", "routed", "apps/south", "--json", ...config("plugbay"));
  expect(JSON.parse(chosen.stdout).selected).toBe(south?.id);

  const nobody = await runCli(folder, "explain", ...config("plugbay"), "routed", "--", "--west");
  expect(nobody).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing can serve routed") });

  const refused = await runCli(folder, "explain", "otp", "apps/south", ...config("plugbay"));
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("takes no arguments") });
});

test("explain knows a type without items, and names the types there are for one it does not know", async () => {
  const folder = await makeFolder();
  await openIn(folder, [otp, sms]);
  const unsynced = await runCli(folder, "explain", "notifier", ...config("plugbay"));
  expect(unsynced).toMatchObject({ code: 0, stdout: expect.stringContaining("run plugbay sync") });

  const unknown = await runCli(folder, "explain", "ottp", ...config("plugbay"));
  expect(unknown).toMatchObject({ code: 3, stderr: expect.stringContaining("otp (apps/otp)") });
});
