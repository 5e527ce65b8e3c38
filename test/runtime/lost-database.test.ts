import type { Plugbay } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Workbench } from "./workbench.ts";

const outage = Object.assign(new Error("the connection was lost"), { code: "ECONNRESET" });
const unavailable = expect.objectContaining({ code: "DATABASE_UNAVAILABLE", cause: outage });
const pollIntervalMs = 1_000;
/** The longest pause between two polls. */
const aPoll = pollIntervalMs * 1.1;

let bench: Workbench;
let plugbay: Plugbay;
beforeEach(async () => {
  bench = await Workbench.create();
  plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("mail", { priority: 1 })], {
    pollIntervalMs,
  });
});

describe("with the database", () => {
  test("the state is live, and as old as the last look at it", async () => {
    expect(plugbay.state).toEqual({ kind: "live", revision: 1, ageMs: 0, transport: "poll" });
    await bench.clock.advance(pollIntervalMs * 0.9 - 1);
    expect(plugbay.state).toMatchObject({ ageMs: pollIntervalMs * 0.9 - 1 });
    await plugbay.refresh();
    expect(plugbay.state).toMatchObject({ ageMs: 0 });
  });
});

describe("without the database", () => {
  test("reads go on from the last snapshot", async () => {
    const before = plugbay.get(otp);
    bench.database.failure = outage;
    await bench.clock.advance(60_000);
    expect(plugbay.get(otp)).toBe(before);
    expect(plugbay.getAll(otp)).toHaveLength(2);
    expect(plugbay.explain(otp)).toHaveLength(2);
    expect(await plugbay.run(otp, (sender) => sender.by)).toBe("sms");
  });

  test("the state says since when, why, and how old what it serves is", async () => {
    const opened = bench.clock.now();
    bench.database.failure = outage;
    await bench.clock.advance(aPoll);
    const { state } = plugbay;
    if (state.kind !== "stale") throw new Error(`the state is ${state.kind}`);
    expect(state.cause).toMatchObject({ code: "DATABASE_UNAVAILABLE", cause: outage });
    expect(state.revision).toBe(1);
    expect(state.since.getTime()).toBeGreaterThan(opened);
    expect(state.since.getTime()).toBeLessThanOrEqual(opened + aPoll);
    expect(state.ageMs).toBe(aPoll);

    await bench.clock.advance(60_000);
    expect(plugbay.state).toEqual({ ...state, ageMs: aPoll + 60_000 });
  });

  test("listeners hear of it once, and once when the database is back", async () => {
    const heard: unknown[] = [];
    plugbay.on("stale", ({ cause }) => void heard.push(cause));
    plugbay.on("live", ({ revision }) => void heard.push(`live at ${revision}`));
    bench.database.failure = outage;
    await bench.clock.advance(60_000);
    expect(heard).toEqual([unavailable]);
    bench.database.failure = undefined;
    await bench.clock.advance(60_000);
    expect(heard).toEqual([unavailable, "live at 1"]);
    expect(plugbay.state.kind).toBe("live");
  });

  test("a refresh fails, and so does a write, which changes nothing", async () => {
    const [item] = plugbay.items(otp);
    bench.database.failure = outage;
    await expect(plugbay.refresh()).rejects.toThrow("the connection was lost");
    await expect(
      plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, { actor: "alice" }),
    ).rejects.toThrow("the connection was lost");
    bench.database.failure = undefined;
    await plugbay.refresh();
    expect(plugbay.items(otp)[0]).toBe(item);
  });

  test("the panel's list still answers, from the last snapshot", async () => {
    bench.database.failure = outage;
    expect(await plugbay.control.list()).toMatchObject({ total: 2 });
    expect(plugbay.state.kind).toBe("stale");
  });

  test("failed plugins are still tried again", async () => {
    collectWarnings();
    let attempts = 0;
    const moody = senderPlugin("moody", {
      priority: -1,
      create: () => {
        attempts += 1;
        if (attempts === 1) throw new Error("not yet");
        return { by: "moody", sendOtp: async () => "sent" };
      },
    });
    plugbay.registry.register(moody);
    await plugbay.refresh();
    bench.database.failure = outage;
    await bench.clock.advance(1_000);
    expect(plugbay.get(otp)?.by).toBe("moody");
  });

  test("plugbay can be closed", async () => {
    bench.database.failure = outage;
    await bench.clock.advance(aPoll);
    await plugbay.close();
    expect(plugbay.state).toEqual({ kind: "closed" });
  });
});

describe("after the database was away", () => {
  test("what changed meanwhile is served within a poll", async () => {
    bench.database.failure = outage;
    await bench.clock.advance(60_000);
    bench.database.failure = undefined;
    await bench.edit(plugbay.items(otp)[0], { status: "disable" });
    expect(plugbay.get(otp)?.by).toBe("sms");
    await bench.clock.advance(aPoll);
    expect(plugbay.get(otp)?.by).toBe("mail");
  });

  test("a database that went back to an earlier state is served as it is", async () => {
    const [sms] = plugbay.items(otp);
    await plugbay.control.updateItem(sms?.id ?? "", { priority: 9 }, { actor: "alice" });
    expect(plugbay.get(otp)?.by).toBe("mail");
    await bench.database.db
      .updateTable("plugbay_item")
      .set({ priority: 0 })
      .where("id", "=", sms?.id)
      .execute();
    await bench.database.db.updateTable("plugbay_revision").set({ revision: 1 }).execute();
    await bench.clock.advance(aPoll);
    expect(plugbay.get(otp)?.by).toBe("sms");
    expect(plugbay.state).toMatchObject({ kind: "live", revision: 1 });
  });
});

describe("a database that does not answer at the start", () => {
  test("fails the opening with an error that says which and why", async () => {
    bench.database.failure = outage;
    await expect(bench.open([otp])).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      message: expect.stringContaining(
        "sqlite database of a Kysely instance is not available: the connection was lost",
      ),
      cause: outage,
    });
  });
});
