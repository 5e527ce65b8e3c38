import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ServeOptions } from "plugbay";
import { describe, expect, test } from "vitest";
import { startCli } from "../cli/cli-process.ts";
import { runCli } from "../cli/run-cli.ts";
import { commandWithoutOptionalPackages } from "./command-without.ts";
import { secret } from "./credentials.ts";
import { Workplace } from "./workplace.ts";

describe("plugbay serve", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "ends cleanly on %s, open event streams included",
    async (signal) => {
      await using workplace = await Workplace.ready();
      await using panel = await workplace.start();
      const browser = await panel.signedIn(await workplace.someone("reader"));
      await browser.listen("events");
      const asked = performance.now();
      expect(await panel.stop(signal)).toMatchObject({ code: 0, stderr: "" });
      expect(performance.now() - asked).toBeLessThan(5_000);
    },
  );

  test("says where it is, and what is missing", async () => {
    await using workplace = await Workplace.make();
    const operands = ["--port", "0", "--public-url", "https://plugbay.example.com"];
    const { child, ended } = startCli(workplace.folder, "serve", ...operands);
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    const { stdout } = await ended;
    expect(stdout).toMatch(
      /^The panel is at https:\/\/plugbay\.example\.com\/, through http:\/\/127\.0\.0\.1:\d+\n/,
    );
    expect(stdout).toContain("Nothing is registered yet; run: npx plugbay sync");
  });

  test("makes no plugins, so one that ends its process takes nothing along", async () => {
    await using workplace = await Workplace.ready();
    const config = join(workplace.folder, "plugbay.config.ts");
    const bad = `import { definePlugin, definePluginType } from ${JSON.stringify(fileURLToPath(new URL("../../src/index.ts", import.meta.url)))};
      const type = definePluginType({ name: "bad", manager: "apps/bad", methods: { run: "required" } });
      const plugin = definePlugin(type, { name: "bad", module: "apps/bad", create: () => process.exit(7) });\n`;
    const text = await readFile(config, "utf8");
    await writeFile(config, bad + text.replace("plugins: all", "plugins: [all, type, plugin]"));
    expect(await runCli(workplace.folder, "sync")).toMatchObject({ code: 0 });
    await using panel = await workplace.start();
    const browser = await panel.signedIn(await workplace.someone("reader"));
    const { body } = await browser.api("items");
    expect((body.items as { name: string }[]).map(({ name }) => name)).toContain("bad");
    expect(await browser.api("processes")).toMatchObject({ body: { processes: [] } });
  });

  test("says so when its port is taken", async () => {
    await using workplace = await Workplace.make();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const port = String((other.address() as AddressInfo).port);
    const outcome = await runCli(workplace.folder, "serve", "--port", port);
    expect(outcome).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("--port") });
    other.close();
  });
});

describe("a config", () => {
  const provider = {
    id: "corp",
    name: "Corp",
    issuer: "https://id.example.com",
    clientId: "plugbay",
    clientSecret: "s3cret",
  };

  test.each([
    ["without a secret", {}, "PLUGBAY_AUTH_SECRET"],
    ["with a short secret", { secret: "hunter2hunter2" }, "too easy to guess"],
    ["with a secret of one letter", { secret: "a".repeat(40) }, "too easy to guess"],
    [
      "with an address that is none",
      { secret, baseUrl: "plugbay.example.com" },
      "not the address of a panel",
    ],
    ["with an unknown option", { secret, baseurl: "https://example.com" }, '"baseurl"'],
    ["with a provider without a name", { secret, oidc: [{ ...provider, name: "" }] }, "has no name"],
    ["with a provider of an odd id", { secret, oidc: [{ ...provider, id: "a/b" }] }, "lower-case"],
    ["with a provider twice", { secret, oidc: [provider, provider] }, "twice"],
    [
      "with a provider in the clear",
      { secret, oidc: [{ ...provider, issuer: "http://id.example.com" }] },
      "https",
    ],
    ["with a role that is none", { secret, oidc: [{ ...provider, role: "king" }] }, "reader, editor, admin"],
  ])("%s is refused", async (_, serve, message) => {
    await using workplace = await Workplace.make(serve as ServeOptions);
    const outcome = await runCli(workplace.folder, "serve");
    expect(outcome).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
    expect(outcome.stderr).not.toContain("s3cret");
    expect(outcome.stderr).not.toContain("hunter2");
  });
});

test("without better-auth, serve and user say what to install, and everything else works", async () => {
  await using workplace = await Workplace.make(null);
  const { folder } = workplace;
  const run = await commandWithoutOptionalPackages(folder);
  expect(await run(folder, "migrate")).toMatchObject({ code: 0, stderr: "" });
  await workplace.configure({ secret });
  expect(await run(folder, "list")).toMatchObject({ code: 0, stderr: "" });
  for (const operands of [["serve"], ["user", "list"], ["migrate"]]) {
    const outcome = await run(folder, ...operands, "--json");
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(outcome.stderr).error).toEqual({
      name: "PackageMissingError",
      code: "PACKAGE_MISSING",
      message: expect.stringContaining("npm install better-auth@1.7 --legacy-peer-deps"),
    });
  }
});

describe("better-auth", () => {
  test("is the application's, also where plugbay itself does not see it", async () => {
    await using workplace = await Workplace.ready();
    const elsewhere = await mkdtemp(join(tmpdir(), "plugbay-command-"));
    const run = await commandWithoutOptionalPackages(elsewhere);
    await mkdir(join(workplace.folder, "node_modules"));
    const packageFolder = dirname(dirname(fileURLToPath(import.meta.resolve("better-auth"))));
    await symlink(packageFolder, join(workplace.folder, "node_modules", "better-auth"));
    expect(await run(workplace.folder, "user", "list")).toMatchObject({ code: 0, stderr: "" });
    // Where the config is counts, not where the command is run.
    const config = join(workplace.folder, "plugbay.config.ts");
    expect(await run(elsewhere, "user", "list", "--config", config)).toMatchObject({ code: 0, stderr: "" });
    await rm(elsewhere, { recursive: true });
  });

  test.each(["1.6.11", "2.0.0"])(
    "of version %s is refused, with the command that installs another",
    async (version) => {
      await using workplace = await Workplace.make();
      const folder = join(workplace.folder, "node_modules", "better-auth");
      await mkdir(folder, { recursive: true });
      await writeFile(
        join(folder, "package.json"),
        JSON.stringify({ name: "better-auth", version, exports: "./index.js", type: "module" }),
      );
      await writeFile(join(folder, "index.js"), "");
      const outcome = await runCli(workplace.folder, "serve", "--json");
      expect(outcome).toMatchObject({ code: 2, stdout: "" });
      expect(JSON.parse(outcome.stderr).error).toEqual({
        name: "PackageVersionError",
        code: "PACKAGE_VERSION",
        message:
          `the panel on its own cannot use version ${version} of the package "better-auth"; ` +
          "run: npm install better-auth@1.7 --legacy-peer-deps",
      });
    },
  );
});
