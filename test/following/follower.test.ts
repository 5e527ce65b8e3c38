import { DatabaseReplacedError } from "plugbay";
import { describe, expect, test } from "vitest";
import { Follower } from "../../src/following/follower.ts";
import { emptySnapshot, type Snapshot, succeed } from "../../src/selection/snapshot.ts";
import { RowFaults } from "../../src/store/row-faults.ts";
import type { ItemRow, Rows } from "../../src/store/rows.ts";
import { tableNames } from "../../src/store/table-names.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { plan } from "../sync/plan.ts";
import { rowsAfter } from "../sync/rows-after.ts";

/** A follower of a database that is a variable, with what it did. */
class Following {
  readonly clock = new ManualClock();
  readonly log: string[] = [];
  rows: Rows = rowsAfter(plan([otp, senderPlugin("sms"), senderPlugin("mail")]));
  snapshot: Snapshot = emptySnapshot;
  isDue = false;
  /** Whether what the database has is no successor of what is served. */
  isOther = false;
  /** What the database waits for before it answers. */
  answering: () => Promise<unknown> = async () => undefined;
  readonly follower = new Follower({
    clock: this.clock,
    store: {
      faults: new RowFaults(tableNames()),
      readHead: ({ revision, revisionId }) =>
        this.#answer("revision", () => {
          const isSame = this.rows.revision === revision && this.rows.revisionId === revisionId;
          const course = this.isOther ? "other" : isSame ? "same" : "later";
          return { ...this.rows, course, circuits: "0", onlyItems: true };
        }),
      readAll: () => this.#answer("all", () => this.rows),
      readSince: ({ revision }) =>
        this.#answer("since", () => ({
          ...this.rows,
          types: this.rows.types.filter((row) => row.revision > revision),
          items: this.rows.items.filter((row) => row.revision > revision),
        })),
      emptied: () => new DatabaseReplacedError("the database", "emptied", []),
      confirm: () => undefined,
    },
    followCircuits: async () => undefined,
    firstRows: () => this.#answer("first", () => this.rows),
    snapshot: () => this.snapshot,
    localRows: (rows) => ({ ...rows, collisions: [] }),
    lostNames: () => [],
    isDue: () => this.isDue,
    accept: async (rows, whole) => {
      this.log.push(`${whole ? "take all" : "take"} ${rows.items.length}`);
      this.snapshot = succeed(whole ? emptySnapshot : this.snapshot, rows).snapshot;
    },
    onLive: () => this.log.push("live"),
    onStale: (_since, cause) => this.log.push(`stale: ${cause}`),
  });

  async #answer<T>(what: string, answer: () => T): Promise<T> {
    this.log.push(what);
    await this.answering();
    return answer();
  }

  /** Changes the first item; a change by hand leaves the revision. */
  edit(patch: Partial<ItemRow>, revision = this.rows.revision + 1): void {
    const [first, ...others] = this.rows.items;
    if (first === undefined) throw new Error("there is no item");
    this.rows = { ...this.rows, revision, items: [{ ...first, ...patch, revision }, ...others] };
  }

  /** What was done since the last call. */
  done(): string[] {
    return this.log.splice(0);
  }
}

async function begun(): Promise<Following> {
  const following = new Following();
  await following.follower.begin();
  expect(following.done()).toEqual(["first", "take all 2"]);
  return following;
}

describe("a follower", () => {
  test("asks for the revision, and for rows only when that has moved: those that changed", async () => {
    const following = await begun();
    await following.follower.refresh();
    expect(following.done()).toEqual(["revision"]);
    following.edit({ status: "disable" });
    await following.follower.refresh();
    expect(following.done()).toEqual(["revision", "since", "take 1"]);
  });

  test("reads all when the database is no successor of what is served, as after a restored copy, and when definitions were registered", async () => {
    const following = await begun();
    following.edit({ priority: 4 }, 0);
    following.isOther = true;
    await following.follower.refresh();
    expect(following.done()).toEqual(["revision", "all", "take all 2"]);
    following.isOther = false;
    following.isDue = true;
    await following.follower.refresh();
    expect(following.done()).toEqual(["revision", "all", "take all 2"]);
  });

  test("does 100 refreshes of a burst in two", async () => {
    const following = await begun();
    await Promise.all(
      Array.from({ length: 100 }, (_, priority) => {
        following.edit({ priority });
        return following.follower.refresh();
      }),
    );
    expect(following.done().filter((what) => what === "revision").length).toBeLessThanOrEqual(2);
    expect(following.snapshot.revision).toBe(following.rows.revision);
  });

  test("gives a refresh what was written before its call, though another was under way", async () => {
    const following = await begun();
    const gate = new Gate();
    following.answering = () => gate.passed;
    const first = following.follower.refresh();
    following.edit({ priority: 4 });
    const second = following.follower.refresh();
    gate.open();
    await Promise.all([first, second]);
    expect(following.snapshot.revision).toBe(2);
  });

  test("says once that the database is lost, and once that it is back", async () => {
    const following = await begun();
    following.answering = () => Promise.reject(new Error("away"));
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(following.follower.refresh()).rejects.toThrow("away");
      await expect(following.follower.reconcile()).rejects.toThrow("away");
    }
    following.answering = async () => undefined;
    await following.follower.reconcile();
    await following.follower.refresh();
    expect(following.done().filter((what) => /stale|live/.test(what))).toEqual([
      "stale: Error: away",
      "live",
    ]);
  });

  test("bootstrapped, begins anew at each refresh until the database answers, and says why it does not", async () => {
    const following = new Following();
    await following.follower.bootstrap("code", { ...following.rows, revision: 0 }, new Error("refused"));
    expect(following.follower.state).toMatchObject({ standing: { kind: "bootstrapped" }, ageMs: Infinity });
    following.answering = () => Promise.reject(new Error("the tables are missing"));
    await expect(following.follower.refresh()).rejects.toThrow("missing");
    expect(following.follower.state.standing).toMatchObject({
      kind: "bootstrapped",
      cause: { message: "the tables are missing" },
    });
    await following.follower.reconcile();
    following.answering = async () => undefined;
    await following.follower.refresh();
    expect(following.done()).toEqual(["take all 2", "first", "first", "take all 2", "live"]);
    expect(following.follower.state.standing).toEqual({ kind: "live" });
  });

  test("finds what was edited by hand, takes over no more than that, and nothing where nothing was", async () => {
    const following = await begun();
    await following.follower.reconcile();
    expect(following.done()).toEqual(["all"]);
    following.edit({ status: "disable" }, following.rows.revision);
    await following.follower.refresh();
    expect(following.done()).toEqual(["revision"]);
    await following.follower.reconcile();
    expect(following.done()).toEqual(["all", "take 1"]);
    following.rows = { ...following.rows, items: following.rows.items.slice(1) };
    await following.follower.reconcile();
    const [type] = following.snapshot.types.values();
    expect(type?.items).toHaveLength(1);
  });

  test("does one thing at a time, in the order it was asked to", async () => {
    const following = await begun();
    const gate = new Gate();
    following.answering = () => gate.passed;
    following.edit({ priority: 4 });
    const both = Promise.all([following.follower.reconcile(), following.follower.refresh()]);
    await following.clock.advance(0);
    expect(following.done()).toEqual(["all"]);
    gate.open();
    await both;
    expect(following.done()).toEqual(["take 1", "revision"]);
  });
});
