import { describe, expect, test } from "vitest";
import type { Rows } from "../../src/store/rows.ts";
import type { Store } from "../../src/store/store.ts";
import { onEveryDatabase, type TestDatabase } from "../store/test-database.ts";
import { Deployed, newVersion, oldVersion } from "./deploy-versions.ts";

type Step = "start" | "sync" | "stop";
type Move = readonly [version: "old" | "new", step: Step];

const life: readonly Step[] = ["start", "sync", "stop"];

/** Every order in which the steps of two processes can come. */
function orders(oldSteps = life, newSteps = life): Move[][] {
  const [oldStep, ...oldRest] = oldSteps;
  const [newStep, ...newRest] = newSteps;
  if (oldStep === undefined) return [newSteps.map((step): Move => ["new", step])];
  if (newStep === undefined) return [oldSteps.map((step): Move => ["old", step])];
  return [
    ...orders(oldRest, newSteps).map((rest): Move[] => [["old", oldStep], ...rest]),
    ...orders(oldSteps, newRest).map((rest): Move[] => [["new", newStep], ...rest]),
  ];
}

const pruning = {
  neither: [],
  "the new one": ["new"],
  "the old one": ["old"],
  both: ["old", "new"],
} as const;

onEveryDatabase((home) => {
  describe("two versions of an application over one database, started, synced and stopped in every order,", () => {
    // A file is quick enough for all of it; on the servers, the two that change most.
    const chosen = Object.entries(pruning).slice(0, home.kind.dialect === "sqlite" ? 4 : 2);
    for (const [title, prunes] of chosen) {
      test(`serve what they can and lose nothing; ${title} of them prunes`, async () => {
        for (const [index, order] of orders().entries()) {
          const namespace = `${home.namespace} ${index}`;
          const deployment = await Deployment.begin(home, namespace);
          try {
            for (const [version, step] of order) await deployment.make(version, step, prunes);
            await deployment.expectNothingLost();
          } catch (error) {
            const moves = order.map((move) => move.join(" ")).join(", ");
            throw new Error(`order ${index}: ${moves}`, { cause: error });
          } finally {
            await deployment.end();
          }
        }
      });
    }
  });

  test("a process tells which version it is, and whoKnows which processes have a plugin, by any of its names", async () => {
    const { here: database, namespace } = home;
    const older = await Deployed.start(oldVersion, { ...database, namespace });
    const newer = await Deployed.start(newVersion, { ...database, namespace });
    home.afterwards(() => Promise.all([older.plugbay.close(), newer.plugbay.close()]));
    await older.plugbay.refresh();

    expect((await newer.plugbay.control.processes()).map(({ version }) => version).sort()).toEqual([
      "1",
      "2",
    ]);
    const [oldOtp, newOtp] = [oldVersion.types.otp, newVersion.types.otp];
    const [pay, payment] = [oldVersion.types.pay, newVersion.types.payment];
    if (!oldOtp || !newOtp || !pay || !payment) throw new Error("a type is missing");
    for (const [id, versions] of [
      [older.itemId(oldOtp, "sms"), ["1", "2"]],
      [older.itemId(oldOtp, "fax"), ["1"]],
      [newer.itemId(newOtp, "app"), ["2"]],
      [older.itemId(pay, "cash"), ["1", "2"]],
    ] as const) {
      for (const { plugbay } of [older, newer]) {
        const knowledge = await plugbay.control.whoKnows(id);
        const knowing = knowledge.filter(({ knows }) => knows).map(({ process }) => process.version);
        expect(knowing.sort()).toEqual(versions);
      }
    }
    expect(older.itemId(oldOtp, "sms")).toBe(newer.itemId(newOtp, "text"));
    expect(older.itemId(pay, "cash")).toBe(newer.itemId(payment, "cash"));
  });
});

/** The processes of one roll-out, after a first process of the old version and the decisions of an operator. */
class Deployment {
  readonly #ids = new Map<string, string>();
  readonly #home: TestDatabase;
  readonly #namespace: string;
  readonly #store: Store;
  #ranNew = false;
  readonly #running = new Map<"old" | "new", Deployed>();

  static async begin(home: TestDatabase, namespace: string): Promise<Deployment> {
    const deployment = new Deployment(home, namespace, await home.store({ namespace }));
    const { plugbay } = await deployment.#start("old");
    for (const { id, name } of (await plugbay.control.list()).items) deployment.#ids.set(name, id);
    const decide = (name: string, patch: Parameters<typeof plugbay.control.updateItem>[1]) =>
      plugbay.control.updateItem(deployment.#ids.get(name) ?? "", patch, { actor: "alice" });
    await decide("sms", { status: "disable", priority: 7 });
    await decide("mail", { priority: 3 });
    await deployment.#stop("old");
    return deployment;
  }

  private constructor(home: TestDatabase, namespace: string, store: Store) {
    this.#home = home;
    this.#namespace = namespace;
    this.#store = store;
  }

  async make(version: "old" | "new", step: Step, prunes: readonly string[]): Promise<void> {
    if (step === "start") await this.#start(version);
    if (step === "sync") {
      await this.#running.get(version)?.plugbay.sync({ mode: "create", prune: prunes.includes(version) });
    }
    if (step === "stop") await this.#stop(version);
    await this.#expectServed();
  }

  async end(): Promise<void> {
    for (const version of [...this.#running.keys()]) await this.#stop(version);
    await this.#store.close();
  }

  async #start(version: "old" | "new"): Promise<Deployed> {
    const options = { ...this.#home.here, namespace: this.#namespace };
    const process = await Deployed.start(version === "old" ? oldVersion : newVersion, options);
    this.#running.set(version, process);
    this.#ranNew ||= version === "new";
    return process;
  }

  async #stop(version: "old" | "new"): Promise<void> {
    await this.#running.get(version)?.plugbay.close();
    this.#running.delete(version);
  }

  /** What was renamed is served by both versions unless it is disabled; what only one has, unless the other retired it. */
  async #expectServed(): Promise<void> {
    const inUse = await this.#inUse();
    const present = (...names: string[]) => names.filter((name) => inUse.has(name));
    for (const [version, process] of this.#running) {
      await process.plugbay.refresh();
      expect(process.served()).toEqual(
        version === "old"
          ? { otp: [...present("fax"), "mail"], pay: ["cash"] }
          : { otp: [...present("app"), "post"], payment: ["cash"], push: present("phone") },
      );
    }
  }

  async #inUse(): Promise<Set<string>> {
    const { items } = await this.#store.readAll();
    return new Set(items.filter((row) => row.retiredAt === null).map(({ name }) => name));
  }

  /** Ids and the operator's decisions are as they were, under the newest names, and every row is there once. */
  async expectNothingLost(): Promise<void> {
    const { types, items }: Rows = await this.#store.readAll();
    const row = (name: string) => items.find(({ id }) => id === this.#ids.get(name));
    const newest = (former: string, name: string) => (this.#ranNew ? name : former);
    expect(row("sms")).toMatchObject({ name: newest("sms", "text"), status: "disable", priority: 7 });
    expect(row("mail")).toMatchObject({ name: newest("mail", "post"), status: "active", priority: 3 });
    expect(row("fax")).toMatchObject({ name: "fax", status: "active", priority: 0 });
    expect(row("cash")).toMatchObject({ name: "cash", status: "active", priority: 0 });
    expect(items).toHaveLength(this.#ids.size + (this.#ranNew ? 2 : 0));
    expect(types).toHaveLength(this.#ranNew ? 3 : 2);
  }
}
