import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const source = (file: string) => JSON.stringify(fileURLToPath(new URL(`../../src/${file}`, import.meta.url)));

/** A receiver that answers with a status. */
async function receiver(status: number) {
  const received: { readonly body: string; readonly headers: Record<string, string> }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      body: Buffer.concat(chunks).toString(),
      headers: request.headers as Record<string, string>,
    });
    response.writeHead(status).end("what it says is not printed");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook-T0KEN` };
}

async function folderWith(...urls: string[]): Promise<string> {
  const folder = await makeFolder();
  const alerts = urls.map((url) => `webhook({ url: ${JSON.stringify(url)}, secret: "${secret}" })`);
  await writeFile(
    join(folder, "plugbay.config.ts"),
    `import { webhook } from ${source("seeing/alerts/index.ts")};
     import { sqlite } from ${source("store/sqlite/index.ts")};
     export default { database: sqlite("app.db"), plugins: [], namespace: "shop", alerts: [${alerts}] };`,
  );
  return folder;
}

test("alerts test sends each target a signed test, says what came back, and ends with 1 where one fails", async () => {
  const [takes, refuses] = [await receiver(204), await receiver(503)];
  const folder = await folderWith(takes.url, refuses.url);
  const { code, stdout } = await runCli(folder, "alerts", "test");
  expect(code).toBe(1);
  expect(stdout).toMatch(/^webhook 127\.0\.0\.1:\d+ +sent$/m);
  expect(stdout).toMatch(/^webhook 127\.0\.0\.1:\d+ +it was answered with status 503$/m);
  expect(stdout).not.toMatch(/T0KEN|what it says|whsec_/);
  const [message] = takes.received;
  expect(new Webhook(secret).verify(message?.body ?? "", message?.headers ?? {})).toMatchObject({
    type: "alerts.test",
    data: { namespace: "shop" },
  });
});

test("alerts test ends with 0 where all took it, and where there are none", async () => {
  const takes = await receiver(200);
  const both = await runCli(await folderWith(takes.url), "alerts", "test", "--json");
  expect({ code: both.code, json: JSON.parse(both.stdout) }).toEqual({
    code: 0,
    json: [{ target: expect.stringMatching(/^webhook 127\.0\.0\.1:/), problem: null }],
  });
  expect(await runCli(await folderWith(), "alerts", "test")).toMatchObject({
    code: 0,
    stdout: "The config has no alerts.\n",
  });
});
