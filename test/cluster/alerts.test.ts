import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Webhook } from "standardwebhooks";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/open/open-plugbay.ts";
import { bundleProgram } from "../bundle-program.ts";
import { freePort } from "../servers/free-port.ts";
import { databaseKinds } from "../store/database-kinds.ts";
import { waitFor } from "./harness/wait-for.ts";

const program = await bundleProgram(fileURLToPath(new URL("alerts-process.ts", import.meta.url)));
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const keys = `one:${Buffer.alloc(32, 1).toString("base64")}`;
const token = "s3cret/t0ken+of the gateway";

/** What a message says: its type, and the entry's code or the actors of the changes. */
interface Message {
  readonly type: string;
  readonly data: {
    readonly entry?: { readonly code: string };
    readonly changes?: readonly { readonly actor: string; readonly reason: string }[];
  };
}

const children: ChildProcess[] = [];
const servers: Server[] = [];
afterAll(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) server.close();
});

/** A receiver that is away until it is started, and what it got, signed. */
async function receiver() {
  const port = await freePort();
  const messages: (Message & { readonly id: string })[] = [];
  const bytes: string[] = [];
  const start = async (): Promise<void> => {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string>;
      bytes.push(body, JSON.stringify(headers));
      const message = new Webhook(secret).verify(body, headers) as Message;
      messages.push({ ...message, id: headers["webhook-id"] ?? "" });
      response.end();
    });
    servers.push(server);
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  return { url: `http://127.0.0.1:${port}/hook`, messages, bytes, start };
}

type Receiver = Awaited<ReturnType<typeof receiver>>;

const codesOf = ({ messages }: Receiver, type: string): string[] => [
  ...new Set(messages.flatMap((one) => (one.type === type ? (one.data.entry?.code ?? []) : []))),
];

/** A process of the application, and what it said. */
async function start(kind: string, address: string, url: string) {
  const child = fork(program, [kind, address, url, secret, keys, token], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  children.push(child);
  const said: string[] = [];
  child.on("message", (text) => void said.push(String(text)));
  await waitFor("that it is open", 20_000, async () => said.includes("open"));
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  const couldNotSend = (): boolean => said.some((text) => text.includes("an alert could not be sent"));
  return { child, kill, couldNotSend };
}

const kind = databaseKinds.find(({ dialect }) => dialect === "postgres");
const limitMs = 240_000;

describe
  .skipIf(kind === undefined || kind.absence !== undefined)
  .concurrent("alerts of processes that are killed", () => {
    async function place() {
      const made = await (kind as NonNullable<typeof kind>).create();
      const store = openStore({ database: made.database, plugins: [] });
      await store.connect();
      await store.migrate();
      await store.close();
      return made;
    }

    test(
      "what one noted and could not send another sends, when the first is killed",
      async () => {
        const there = await place();
        const hook = await receiver();
        const members = [
          await start("postgres", there.address, hook.url),
          await start("postgres", there.address, hook.url),
        ];
        const sender = await waitFor("that one could not send", 60_000, async () => {
          const found = members.find(({ couldNotSend }) => couldNotSend());
          if (found === undefined) throw new Error("none tried");
          return found;
        });
        await sender.kill();
        expect(hook.messages).toEqual([]);
        await hook.start();
        await waitFor("both entries from the other process", 120_000, async () =>
          ["item-failed", "lower-choice"].every((code) => codesOf(hook, "attention.new").includes(code)),
        );
        for (const member of members) if (member !== sender) await member.kill();
        await there.drop();
      },
      limitMs,
    );

    test(
      "a receiver that was away hears after the sender's restart of what began, of a change and of the end, and of no secret",
      async () => {
        const there = await place();
        const hook = await receiver();
        const before = await start("postgres", there.address, hook.url);
        await waitFor("that it could not send", 60_000, async () => before.couldNotSend());
        await before.kill();
        await hook.start();
        const after = await start("postgres", there.address, hook.url);
        await waitFor("what began", 120_000, async () =>
          ["item-failed", "lower-choice"].every((code) => codesOf(hook, "attention.new").includes(code)),
        );
        // What changed before is told by now.
        await pause(6_000);
        after.child.send("vonage");
        await waitFor("what changed", 90_000, async () =>
          hook.messages.some(({ type, data }) =>
            type === "items.changed" ? data.changes?.at(-1)?.reason === "maintenance" : false,
          ),
        );
        await waitFor("what ended", 120_000, async () =>
          ["item-failed", "lower-choice"].every((code) => codesOf(hook, "attention.ended").includes(code)),
        );
        const received = hook.bytes.join("\n");
        expect(received).toContain("the gateway refused");
        for (const form of [token, encodeURIComponent(token), Buffer.from(token).toString("base64")])
          expect(received).not.toContain(form);
        await after.kill();
        await there.drop();
      },
      limitMs,
    );
  });
