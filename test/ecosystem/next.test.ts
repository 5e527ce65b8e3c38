import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { Application } from "./harness/application.ts";
import { withoutVitest } from "./harness/run-program.ts";

/** Connections have it as their name, so that they can be counted. */
const connectionName = `plugbay-next-${process.pid}`;

const plugins = (answer: string): string => `
import { definePlugin } from "plugbay";
import { mail } from "./mail.js";

export const plugins = [mail, definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => "${answer}" }) })];
`;

/** The application of docs/adapters.md, whose paths end with a slash. */
const files = {
  "next.config.mjs": "export default { trailingSlash: true };",
  "mail.js": `
    import { definePluginType } from "plugbay";
    export const mail = definePluginType({ name: "mail", manager: "app", methods: { send: "required" } });
  `,
  "plugins.js": plugins("sent 0"),
  "plugbay.js": `
    import { openPlugbay } from "plugbay";
    import { keepOpen } from "plugbay/next";
    import { postgres } from "plugbay/postgres";
    import { plugins } from "./plugins.js";
    const database = postgres({ connectionString: process.env.DATABASE_URL, application_name: "${connectionName}" });
    export const plugbay = keepOpen(() => openPlugbay({ database, prefix: "next_", migrate: true, plugins }));
  `,
  "app/admin/plugins/[[...path]]/route.js": `
    import { createAdmin } from "plugbay/admin";
    import { toNext } from "plugbay/next";
    import { plugbay } from "../../../../plugbay.js";
    export const { GET, HEAD, POST, PUT, PATCH, DELETE } = toNext(async () =>
      createAdmin(await plugbay(), { basePath: "/admin/plugins", authorize: () => ({ actor: "ana", access: "write" }) }),
    );
  `,
  "app/send/route.js": `
    import { mail } from "../../mail.js";
    import { plugbay } from "../../plugbay.js";
    export const GET = async () => new Response((await plugbay()).require(mail).send());
  `,
  // In a bundle that has all drivers to choose from, of which two are not installed.
  "app/sqlite/route.js": `
    import { openPlugbay } from "plugbay";
    import { mysql } from "plugbay/mysql";
    import { redis } from "plugbay/redis";
    import { sqlite } from "plugbay/sqlite";
    import { mail } from "../../mail.js";
    import { plugins } from "../../plugins.js";
    export async function GET(request) {
      const isMysql = new URL(request.url).searchParams.has("mysql");
      const database = isMysql ? mysql("mysql://127.0.0.1/app") : sqlite(":memory:");
      try {
        const plugbay = await openPlugbay({ database, plugins });
        const sent = plugbay.require(mail).send();
        await plugbay.close();
        return new Response(sent + typeof redis);
      } catch ({ message }) {
        return new Response(message);
      }
    }
  `,
  "app/layout.js": `
    export default function Layout({ children }) {
      return <html><body>{children}</body></html>;
    }
  `,
  "app/page.js": `
    import { mail } from "../mail.js";
    import { plugbay } from "../plugbay.js";
    export default async function Page() {
      return <p>{(await plugbay()).require(mail).send()}</p>;
    }
  `,
  "app/careful/page.js": `
    import { mail } from "../../mail.js";
    import { plugbay } from "../../plugbay.js";
    async function send() {
      try {
        return (await plugbay()).require(mail).send();
      } catch {
        return "not sent";
      }
    }
    export default async function Page() {
      return <p>{await send()}</p>;
    }
  `,
  "server.mjs": `
    import { createServer } from "node:http";
    import next from "next";
    const app = next({ dev: false });
    await app.prepare();
    const handle = app.getRequestHandler();
    const server = createServer((request, response) => void handle(request, response));
    server.listen(0, "127.0.0.1", () => console.log("Ready: http://127.0.0.1:" + server.address().port));
    process.once("SIGTERM", () => {
      server.close(() => console.log("closed"));
      setTimeout(() => process.exit(7), 500);
    });
  `,
};

const postgresUrl = inject("postgresUrl") ?? "";
const next = "node_modules/next/dist/bin/next";
const quiet = { NEXT_TELEMETRY_DISABLED: "1" };
let app: Application;
let database: pg.Client;
let running: ChildProcess | undefined;

/** What the tests read of the panel's answers. */
interface Items {
  readonly items: readonly { readonly id: string; readonly version: number }[];
}

/** Runs `next start` or `next dev` until it is ready, and returns its address. */
const run = (command: string): Promise<string> =>
  serve(next, command, "--port", "0", "--hostname", "127.0.0.1");

async function serve(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: app.folder,
    env: { ...withoutVitest(), ...quiet, DATABASE_URL: postgresUrl } as NodeJS.ProcessEnv,
  });
  running = child;
  child.stderr.resume();
  let url = "";
  for await (const line of createInterface(child.stdout)) {
    url ||= /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? "";
    if (line.includes("Ready")) break;
  }
  child.stdout.resume();
  return url;
}

const read = async (url: string): Promise<string> => (await fetch(url)).text();

/** Opens the panel's event stream, and resolves once it says something. */
async function follow(url: string): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const { body } = await fetch(`${url}/admin/plugins/api/events`);
  const reader = body?.getReader();
  if (reader === undefined) throw new Error("The stream has no body.");
  await reader.read();
  return reader;
}

async function connections(): Promise<number> {
  const { rows } = await database.query(
    "select count(*)::int as count from pg_stat_activity where application_name = $1",
    [connectionName],
  );
  return rows[0].count;
}

describe.skipIf(postgresUrl === "")("an application of Next", () => {
  beforeAll(async () => {
    database = new pg.Client({ connectionString: postgresUrl });
    await database.connect();
    app = await Application.make({
      files,
      dependencies: {
        next: "^16",
        react: "^19",
        "react-dom": "^19",
        pg: "^8",
        "@photostructure/sqlite": "^1.2.1",
      },
    });
  });

  afterEach(async () => {
    if (running?.exitCode === null && running.signalCode === null) {
      // `next dev` has a process of its own to end.
      running.kill("SIGTERM");
      await once(running, "exit");
    }
  });

  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await database?.query(`
    do $$ declare t text; begin
      for t in select tablename from pg_tables where tablename like 'next\\_%' loop
        execute 'drop table ' || quote_ident(t) || ' cascade';
      end loop;
    end $$`);
    await database?.end();
  });

  describe.each(["--turbopack", "--webpack"])("built with %s", (bundler) => {
    test("is built without a database or a warning", async () => {
      const outcome = await app.runWith(quiet, "node", next, "build", bundler);
      expect(outcome).toMatchObject({ code: 0 });
      expect(outcome.stdout + outcome.stderr).not.toMatch(/warning|can't resolve|too dynamic/i);
    });

    test("shares one plugbay between its pages and routes, whose paths end with a slash", async () => {
      const url = await run("start");
      expect(await read(`${url}/send`)).toBe("sent 0");
      expect(await read(url)).toContain("<p>sent 0</p>");
      // Rendered for this request, though the page caught what kept it from being rendered in the build.
      expect(await read(`${url}/careful`)).toContain("<p>sent 0</p>");
      expect((await fetch(`${url}/admin/plugins`)).status).toBe(200);
      const api = `${url}/admin/plugins/api`;
      const listed = await fetch(`${api}/items`);
      expect(listed.url).toBe(`${api}/items/`);
      const { items } = (await listed.json()) as Items;
      const changed = await fetch(`${api}/items/${items[0]?.id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json", origin: url },
        body: JSON.stringify({ version: items[0]?.version, description: `By ${bundler}` }),
      });
      expect(changed.status).toBe(200);
      expect(await connections()).toBeLessThanOrEqual(5);
    });

    test("opens SQLite from its bundle, and names a driver that is not there", async () => {
      const url = await run("start");
      expect(await read(`${url}/sqlite`)).toBe("sent 0function");
      expect(await read(`${url}/sqlite?mysql`)).toContain("npm install mysql2");
    });

    test("ends on SIGTERM while the panel is open", async () => {
      const url = await run("start");
      const stream = await follow(url);
      const begun = performance.now();
      running?.kill("SIGTERM");
      const [code] = await once(running as ChildProcess, "exit");
      expect(code).toBe(143);
      // Not kept for another request, as the connection of a page would be for 5 seconds.
      expect(performance.now() - begun).toBeLessThan(2_000);
      // Its last messages, and then its end.
      for (;;) if ((await stream.read()).done) break;
    });
  });

  test("with a server of its own ends as it sees fit while the panel is open", async () => {
    const stream = await follow(await serve("server.mjs"));
    running?.kill("SIGTERM");
    const [code] = await once(running as ChildProcess, "exit");
    expect(code).toBe(7);
    for (;;) if ((await stream.read()).done) break;
  });

  test("in next dev takes six edits of the plugins, with one set of connections", async () => {
    const url = await run("dev");
    const stream = await follow(url);
    // Next takes no edit for a route that it has not compiled yet, when another one has the edited module.
    expect(await read(`${url}/send`)).toBe("sent 0");
    expect(await read(url)).toContain("<p>sent 0</p>");
    const counts: number[] = [];
    for (const edit of [1, 2, 3, 4, 5, 6]) {
      await app.write({ "plugins.js": plugins(`sent ${edit}`) });
      await expect.poll(() => read(`${url}/send`), { timeout: 60_000, interval: 250 }).toBe(`sent ${edit}`);
      expect(await read(url)).toContain(`<p>sent ${edit}</p>`);
      expect((await fetch(`${url}/admin/plugins/api/items`)).status).toBe(200);
      counts.push(await connections());
    }
    await stream.cancel();
    // A pool of one request at a time has a few, and there is one more that listens; for a moment two sets.
    expect(Math.max(...counts)).toBeLessThan(12);
    await expect.poll(connections).toBeLessThan(6);
  });
});
