import {
  definePlugin,
  definePluginType,
  type OpenOptions,
  type Plugbay,
  type PluginItem,
  type Policy,
  type Readiness,
} from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { onEveryDatabase, type TestDatabase } from "./test-database.ts";

interface Sender {
  send(): Promise<string>;
}

/** What one process of a fleet is. */
interface Member {
  readonly plugbay: Plugbay;
  send(): Promise<string>;
  /** The item of the first provider. */
  readonly id: string;
  readiness(): Readiness;
}

const down = Object.assign(new Error("connect ECONNREFUSED, key sk-1"), { code: "ECONNREFUSED" });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The providers, which all processes of a fleet share, and the processes. */
class Fleet {
  /** What becomes of a request to the first provider. */
  first: () => Promise<string> = async () => "first";
  /** Requests to the first provider: so many, and so many at once at the most. */
  requests = 0;
  mostAtOnce = 0;
  #atOnce = 0;
  readonly #home: TestDatabase;

  constructor(home: TestDatabase) {
    this.#home = home;
  }

  async join(policy: Policy = {}, options: Partial<OpenOptions> = {}): Promise<Member> {
    const type = definePluginType<Sender>({
      ...{ name: "sender", manager: "apps/send", methods: { send: "required" } },
      policy: { circuit: { failures: 2, coolingMs: 400, maxCoolingMs: 400 }, ...policy },
    });
    const first = definePlugin(type, {
      ...{ name: "first", module: "apps/send", priority: 1 },
      create: () => ({ send: () => this.#request() }),
    });
    const second = definePlugin(type, {
      ...{ name: "second", module: "apps/send", priority: 2 },
      create: () => ({ send: async () => "second" }),
    });
    const plugbay = await this.#home.open([type, first, second], { pollIntervalMs: 40, ...options });
    const item = (): PluginItem => {
      const [found] = plugbay.itemsOf(first);
      if (found === undefined) throw new Error("the first provider has no item");
      return found;
    };
    return {
      plugbay,
      send: () => plugbay.run(type, (sender) => sender.send()),
      id: item().id,
      readiness: () => plugbay.readiness(item()),
    };
  }

  async #request(): Promise<string> {
    this.requests += 1;
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    try {
      return await this.first();
    } finally {
      this.#atOnce -= 1;
    }
  }
}

const fails = async (): Promise<never> => {
  throw down;
};
const answers =
  (status: number, headers = {}) =>
  async (): Promise<never> => {
    throw Object.assign(new Error(`HTTP ${status}`), { status, headers });
  };
const tooMany = Object.assign(new Error("HTTP 429"), { status: 429, headers: { "retry-after": "1" } });
const reason = ({ readiness }: Member) => {
  const now = readiness();
  return now.kind === "cooling" ? now.reason : now.kind;
};
const until = (member: Member, kind: string) => expect.poll(() => reason(member), { interval: 5 }).toBe(kind);

onEveryDatabase((home) => {
  let fleet: Fleet;
  beforeEach(() => {
    fleet = new Fleet(home);
  });

  const rows = async () => {
    const store = await home.store();
    return (await store.circuits.all()).rows;
  };
  const open = async (member: Member): Promise<void> => {
    fleet.first = fails;
    await member.send();
    await member.send();
    expect(reason(member)).toBe("circuit");
  };

  test("what opens in one process is avoided in all, with why and until when, and in those that start later", async () => {
    const [a, b] = [await fleet.join(), await fleet.join()];
    await open(a);
    await until(b, "circuit");
    const found = { count: 2, error: { message: down.message } };
    expect(b.readiness()).toMatchObject({ kind: "cooling", failures: found });
    const ends = [a, b].map((member) => {
      const readiness = member.readiness();
      return readiness.kind === "cooling" ? (readiness.until ?? 0) : 0;
    });
    expect(Math.abs((ends[0] ?? 0) - (ends[1] ?? 0))).toBeLessThan(200);
    const c = await fleet.join();
    expect(reason(c)).toBe("circuit");
    const before = fleet.requests;
    expect(await Promise.all([b.send(), c.send()])).toEqual(["second", "second"]);
    expect(fleet.requests).toBe(before);
  });

  test("when the cooling ends one call of the whole fleet probes, and all are back when it succeeds", async () => {
    const members = [await fleet.join(), await fleet.join(), await fleet.join()];
    await open(members[1] as Member);
    for (const member of members) await until(member, "circuit");
    fleet.requests = 0;
    fleet.mostAtOnce = 0;
    fleet.first = async () => {
      await pause(60);
      throw down;
    };
    const start = performance.now();
    while (performance.now() - start < 2_000) {
      expect(new Set(await Promise.all(members.map(({ send }) => send())))).toEqual(new Set(["second"]));
      await pause(10);
    }
    expect(fleet.mostAtOnce).toBe(1);
    expect(fleet.requests).toBeGreaterThanOrEqual(2);
    // At most one a cooling.
    expect(fleet.requests).toBeLessThanOrEqual(4);
    fleet.first = async () => "first";
    await expect
      .poll(() => Promise.all(members.map(({ send }) => send())))
      .toEqual(["first", "first", "first"]);
    await expect.poll(rows).toEqual([]);
  });

  test("another process takes over where the one that may probe gets no calls", async () => {
    const [a, b, c] = [await fleet.join(), await fleet.join(), await fleet.join()];
    await open(a);
    await until(b, "circuit");
    fleet.first = async () => "first";
    fleet.requests = 0;
    await expect.poll(() => b.send(), { interval: 10 }).toBe("first");
    expect(fleet.requests).toBe(1);
    for (const member of [a, c]) await until(member, "ready");
  });

  test("nobody probes while nobody calls, and then no two at once", async () => {
    const [a, b, c] = [await fleet.join(), await fleet.join(), await fleet.join()];
    await open(a);
    for (const member of [b, c]) await until(member, "circuit");
    await pause(1_200);
    fleet.requests = 0;
    fleet.mostAtOnce = 0;
    fleet.first = () => pause(300).then(() => "first");
    const calls = [a, b, c].flatMap(({ send }) => [send(), send(), send()]);
    expect((await Promise.all(calls)).filter((answer) => answer === "first")).toHaveLength(1);
    expect(fleet.mostAtOnce).toBe(1);
  });

  test("a process that ends gives the right to probe back", async () => {
    const [a, b] = [await fleet.join(), await fleet.join()];
    await open(a);
    await until(b, "circuit");
    await a.plugbay.close();
    expect((await rows()).map(({ state }) => state?.phase?.owner)).toEqual([null]);
    fleet.first = async () => "first";
    await expect.poll(() => b.send(), { interval: 10 }).toBe("first");
  });

  test("refused credentials put an item aside in all processes, until an operator releases it in one", async () => {
    const [a, b] = [await fleet.join(), await fleet.join()];
    fleet.first = answers(401);
    await a.send();
    await until(b, "unauthorized");
    fleet.first = async () => "first";
    const released = await b.plugbay.control.release(b.id, { actor: "alice" });
    expect(released.readiness.kind).toBe("ready");
    await until(a, "ready");
    expect(await Promise.all([a.send(), b.send()])).toEqual(["first", "first"]);
    expect(await rows()).toEqual([]);
  });

  test("a release reaches the process that has only just told what it found", async () => {
    const [a, b] = [await fleet.join({}, { pollIntervalMs: false }), await fleet.join()];
    await a.plugbay.refresh();
    fleet.first = answers(401);
    await a.send();
    await until(b, "unauthorized");
    await b.plugbay.control.release(b.id, { actor: "alice" });
    await a.plugbay.refresh();
    expect(reason(a)).toBe("ready");
  });

  test("credentials that are the process's own may be others in one that starts later", async () => {
    const a = await fleet.join();
    fleet.first = answers(401);
    await a.send();
    await expect.poll(rows).toHaveLength(1);
    const b = await fleet.join();
    expect(reason(b)).toBe("ready");
    expect(reason(a)).toBe("unauthorized");
  });

  test("those of a process that started later are left alone, whatever else becomes of the item", async () => {
    const a = await fleet.join();
    let limit = (): void => undefined;
    fleet.first = () => new Promise((_, reject) => (limit = () => reject(tooMany)));
    const limited = a.send();
    fleet.first = answers(401);
    await a.send();
    await expect.poll(rows).toHaveLength(1);
    const b = await fleet.join();
    limit();
    await limited;
    await until(b, "exhausted");
    await until(b, "ready");
    expect(reason(a)).toBe("unauthorized");
    await open(b);
    await expect.poll(async () => (await rows())[0]?.state?.phase?.kind).toBe("open");
    await pause(100);
    expect([reason(a), reason(b)]).toEqual(["unauthorized", "circuit"]);
    fleet.first = async () => "first";
    await expect.poll(() => b.send(), { interval: 10 }).toBe("first");
    await pause(100);
    expect([reason(a), reason(b)]).toEqual(["unauthorized", "ready"]);
    fleet.first = answers(401);
    await b.send();
    await pause(100);
    expect(reason(b)).toBe("unauthorized");
    await a.plugbay.control.release(a.id, { actor: "alice" });
    await until(b, "ready");
  });

  test("a provider that said when to come again is left alone by all until then", async () => {
    const [a, b] = [await fleet.join(), await fleet.join()];
    fleet.first = answers(429, { "retry-after": "1" });
    await a.send();
    await until(b, "exhausted");
    fleet.requests = 0;
    expect(await b.send()).toBe("second");
    expect(fleet.requests).toBe(0);
    await until(b, "ready");
    await until(a, "ready");
  });

  test("processes that open it at once agree, and one of them probes", async () => {
    // Longer than it takes them to hear of each other on a busy machine.
    const circuit = { failures: 2, coolingMs: 2_000, maxCoolingMs: 2_000 };
    const members = await Promise.all([1, 2, 3, 4].map(() => fleet.join({ circuit })));
    fleet.first = fails;
    await Promise.all(members.flatMap(({ send }) => [send(), send()]));
    for (const member of members) expect(reason(member)).toBe("circuit");
    await expect.poll(async () => (await rows()).map(({ state }) => state?.phase?.kind)).toEqual(["open"]);
    fleet.requests = 0;
    fleet.mostAtOnce = 0;
    let isBack = false;
    fleet.first = async () => {
      await pause(30);
      isBack = true;
      return "first";
    };
    const calls: Promise<string>[] = [];
    // Once it is back, those who have heard of that call it, and it has more than one request at once.
    while (!isBack) {
      calls.push(...members.map(({ send }) => send()));
      await pause(5);
    }
    expect(fleet.mostAtOnce).toBe(1);
    expect((await Promise.all(calls)).filter((answer) => answer === "first")).toHaveLength(1);
  });

  test("what a person left in a row is passed over, told of, and written anew", async () => {
    const a = await fleet.join();
    await open(a);
    await expect.poll(rows).toHaveLength(1);
    const db = await home.kysely();
    for (const state of ["", "[]", "{}", `{"config":"x","phase":3}`, "nonsense"]) {
      await db
        .updateTable("plugbay_circuit")
        .set({ state, mark: 7 })
        .where("namespace", "=", home.namespace)
        .execute();
      const store = await home.store();
      expect((await store.circuits.all()).rows).toMatchObject([{ mark: 7, state: undefined }]);
      expect(store.faults.all.map(({ table, column }) => [table, column])).toEqual([
        ["plugbay_circuit", "state"],
      ]);
    }
    const b = await fleet.join();
    expect(reason(b)).toBe("ready");
    await open(b);
    await expect.poll(async () => (await rows())[0]?.state?.phase?.kind).toBe("open");
  });

  test("the marks of as many rows as there may be items have an exact sum", async () => {
    const a = await fleet.join();
    await open(a);
    await expect.poll(rows).toHaveLength(1);
    for (const { mark } of await rows()) expect(100_000 * mark).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });

  test("rows of the dead are deleted by the living", async () => {
    const db = await home.kysely();
    const a = await fleet.join();
    const row = { namespace: home.namespace, mark: 1, state: "{}" };
    const ids = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
    const ends = [Date.now() - 60_000, Date.now() + 600_000];
    for (const [index, item_id] of ids.entries()) {
      await db
        .insertInto("plugbay_circuit")
        .values({ ...row, item_id, expires_at: ends[index] })
        .execute();
    }
    await open(a);
    const ofRows = async () => (await rows()).map(({ itemId }) => itemId).sort();
    await expect.poll(ofRows).toEqual([ids[1], a.id].sort());
  });
});
