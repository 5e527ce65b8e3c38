import { type Definitions, definePlugin, definePluginType, openPlugbay, type Plugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { keepOpen, toNext } from "plugbay/next";
import { sqlite } from "plugbay/sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

interface Sender {
  send(): string;
}

/** The application's modules, as an evaluation leaves them: with tokens and plugins of their own. */
function evaluate(name: string, answer = "sent", more: Definitions = []) {
  const mail = definePluginType<Sender>({ name: "mail", manager: "app", methods: { send: "required" } });
  const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => answer }) });
  const plugbay = keepOpen(
    async () => {
      const one = await openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp, more] });
      opened.push(one);
      return one;
    },
    { name },
  );
  return { plugbay, send: async () => (await plugbay()).require(mail).send() };
}

let opened: Plugbay[] = [];
let count = 0;
/** A name that no test before has used. */
let name = "";
beforeEach(() => {
  count += 1;
  name = `application ${count}`;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  for (const one of opened) await one.close();
  opened = [];
});

const kinds = () => opened.map(({ state }) => state.kind);

describe("in production", () => {
  beforeEach(() => vi.stubEnv("NODE_ENV", "production"));

  test("nothing is opened before the first call", async () => {
    const { send } = evaluate(name);
    expect(opened).toEqual([]);
    expect(await send()).toBe("sent");
  });

  test("the copies of the modules in further bundles share what the first one opens", async () => {
    const [first, second, third] = [evaluate(name), evaluate(name), evaluate(name)];
    expect(await Promise.all([second.send(), first.send(), third.send()])).toEqual(["sent", "sent", "sent"]);
    const late = evaluate(name);
    expect(await late.plugbay()).toBe(await first.plugbay());
    expect(kinds()).toEqual(["live"]);
  });

  test("those of other names are others", async () => {
    const [one, other] = [evaluate(name), evaluate(`${name}, other`, "sent by the other")];
    expect([await one.send(), await other.send()]).toEqual(["sent", "sent by the other"]);
  });

  test("an opening that fails is tried again at the next call", async () => {
    let isThere = false;
    const plugbay = keepOpen(
      async () => {
        if (!isThere) throw new Error("no database");
        const one = await openPlugbay({ database: sqlite(":memory:"), plugins: [] });
        opened.push(one);
        return one;
      },
      { name },
    );
    await expect(plugbay()).rejects.toThrow("no database");
    isThere = true;
    expect((await plugbay()).state.kind).toBe("live");
  });
});

describe("in development", () => {
  beforeEach(() => vi.stubEnv("NODE_ENV", "development"));

  test("an edit takes effect at the next call, for all copies, and one plugbay stays open", async () => {
    const before = evaluate(name, "sent 0");
    expect(await before.send()).toBe("sent 0");
    for (const edit of [1, 2, 3, 4, 5, 6]) {
      const after = evaluate(name, `sent ${edit}`);
      expect(kinds().at(-1)).toBe("live");
      expect(await Promise.all([after.send(), before.send()])).toEqual([`sent ${edit}`, `sent ${edit}`]);
    }
    expect(kinds().filter((kind) => kind !== "closed")).toEqual(["live"]);
    expect(opened).toHaveLength(7);
  });

  test("edits during an opening are opened one after the other, and the last one stays", async () => {
    const sent = Promise.all([evaluate(name, "sent 1"), evaluate(name, "sent 2")].map(({ send }) => send()));
    const last = evaluate(name, "sent 3");
    await sent;
    expect(await last.send()).toBe("sent 3");
    expect(kinds().filter((kind) => kind !== "closed")).toEqual(["live"]);
  });

  test("an edit that cannot be opened is told of, and mended by the next one", async () => {
    const before = evaluate(name, "sent 1");
    await before.send();
    const broken = evaluate(name, "sent 2", [{} as Definitions]);
    await expect(broken.send()).rejects.toThrow("neither definePluginType nor definePlugin made");
    expect(kinds()).toEqual(["live"]);
    expect(await evaluate(name, "sent 3").send()).toBe("sent 3");
    expect(kinds()).toEqual(["closed", "live"]);
  });

  test("the panel goes over to the plugbay that is open", async () => {
    const { plugbay } = evaluate(name, "sent 1");
    const makeAdmin = vi.fn(async () =>
      createAdmin(await plugbay(), { authorize: () => ({ actor: "ana", access: "write" }) }),
    );
    const { GET } = toNext(makeAdmin, { path: "/" });
    const items = async () => (await GET(new Request("http://localhost/api/items"))).status;
    expect([await items(), await items()]).toEqual([200, 200]);
    expect(makeAdmin).toHaveBeenCalledTimes(1);
    await evaluate(name, "sent 2").send();
    expect(await Promise.all([items(), items(), items()])).toEqual([200, 200, 200]);
    expect(makeAdmin).toHaveBeenCalledTimes(2);
  });
});

test("next build opens nothing, and fails where Next cannot wait for a request, though the error is caught", async () => {
  vi.stubEnv("NEXT_PHASE", "phase-production-build");
  vi.useFakeTimers({ toFake: ["setImmediate"] });
  const { send } = evaluate(name);
  await expect(send()).rejects.toMatchObject({ digest: "DYNAMIC_SERVER_USAGE" });
  expect(() => vi.runAllTimers()).toThrow("next build does not open plugbay");
  expect(opened).toEqual([]);
});
