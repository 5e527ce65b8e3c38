import { definePlugin, type Plugbay } from "plugbay";
import type { AdminOptions } from "plugbay/admin";
import { afterEach, expect, test, vi } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { type Greeter, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";
import { alice, everything } from "./definitions.ts";
import { EventReader } from "./event-reader.ts";
import { onSqlite } from "./on-sqlite.ts";
import { Panel } from "./panel.ts";

afterEach(() => void vi.useRealTimers());

async function follow(
  plugbay: Plugbay,
  options: AdminOptions = {},
  signal?: AbortSignal,
): Promise<EventReader> {
  const panel = new Panel(plugbay, options);
  const response = await panel.fetch("GET", "/admin/api/events", signal ? { signal } : {});
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("cache-control")).toContain("no-store");
  expect(response.headers.get("plugbay-panel")).toBe("1");
  return new EventReader(response);
}

const by = { actor: "peter" };

onEveryDatabase((home) => {
  test("a panel hears of a change that another process makes within a second", async () => {
    const here = await home.open(everything, { pollIntervalMs: 250 });
    const there = await home.open(everything);
    const events = await follow(here);
    const { id } = await home.type("greeting");
    await there.control.updateItem(idOf(there, "alice"), { status: "disable" }, by);
    const changed = performance.now();
    expect(await events.next("change")).toEqual({ event: "change", data: { revision: 2, typeIds: [id] } });
    expect(performance.now() - changed).toBeLessThan(1_000);
    await events.cancel();
  });
});

onSqlite((home) => {
  test("the state comes first", async () => {
    const events = await follow(await home.open(everything));
    expect(await events.block()).toMatch(/^event: state\ndata: {"kind":"live","revision":1,/);
    await events.cancel();
  });

  test("a change has the ids of all types that it touched, those unknown to the code included", async () => {
    await home.open(everything);
    const plugbay = await home.open([greeting, alice]);
    const events = await follow(plugbay);
    const ids = ["alice", "dora"].map((name) => idOf(plugbay, name));
    await plugbay.control.bulk(ids, "disable", by);
    const { data } = await events.next("change");
    const types = [(await home.type("greeting")).id, (await home.type("parting")).id];
    expect((data as { typeIds: string[] }).typeIds.toSorted()).toEqual(types.toSorted());
    await events.cancel();
  });

  test("an item whose readiness changes is told of, with the plugin's error and no stack", async () => {
    collectWarnings();
    const clock = new ManualClock();
    let licence = "";
    const licensed = definePlugin(greeting, {
      name: "licensed",
      module: "apps/licensed",
      create: (): Greeter => {
        if (licence === "") throw new Error("no licence <b>here</b>");
        return { greet: () => licence };
      },
    });
    const plugbay = await home.open([greeting, licensed], { clock });
    const events = await follow(plugbay);
    const itemId = idOf(plugbay, "licensed");
    await clock.advance(3_000);
    const failed = await events.next("readiness");
    expect(failed.data).toMatchObject({ itemId, readiness: { kind: "failed" } });
    expect(JSON.stringify(failed.data)).toContain("no licence <b>here</b>");
    expect(JSON.stringify(failed.data)).not.toMatch(/\.ts:\d+|node_modules/);
    licence = "gold";
    await clock.advance(120_000);
    let readiness: unknown;
    do readiness = ((await events.next("readiness")).data as { readiness: { kind: string } }).readiness;
    while (JSON.stringify(readiness).includes("failed"));
    expect(readiness).toEqual({ kind: "ready" });
    await events.cancel();
  });

  test("a lost database is told of as a state", async () => {
    const { BreakableDatabase } = await import("../runtime/breakable-database.ts");
    const database = await BreakableDatabase.open();
    const plugbay = await home.open(everything, { database: database.db, migrate: true });
    const events = await follow(plugbay);
    await events.next("state");
    database.failure = new Error("disk gone");
    await plugbay.refresh().catch(() => undefined);
    expect(await events.next("state")).toMatchObject({
      data: { kind: "stale", cause: expect.stringContaining("disk gone"), since: expect.any(String) },
    });
    database.failure = undefined;
    await plugbay.refresh();
    expect(await events.next("state")).toMatchObject({ data: { kind: "live" } });
    await events.cancel();
  });

  test("the events end when plugbay closes", async () => {
    const plugbay = await home.open(everything);
    const events = await follow(plugbay);
    await events.next("state");
    await plugbay.close();
    expect(await events.block()).toBeUndefined();
  });

  test("after the end there is a problem", async () => {
    const plugbay = await home.open(everything);
    const panel = new Panel(plugbay);
    await plugbay.close();
    expect(await panel.refusal("GET", "types")).toMatchObject({ status: 503, code: "CLOSED" });
    const events = await follow(plugbay);
    expect(await events.block()).toContain('"kind":"closed"');
    expect(await events.block()).toBeUndefined();
  });

  test.each(["abort", "cancel"] as const)("nothing listens any more after an %s", async (way) => {
    const plugbay = await home.open(everything);
    const on = vi.spyOn(plugbay, "on");
    const abort = new AbortController();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const events = await follow(plugbay, {}, abort.signal);
    await events.next("state");
    const stops = on.mock.results.length;
    expect(stops).toBe(6);
    expect(vi.getTimerCount()).toBe(1);

    if (way === "abort") {
      abort.abort();
      expect(await events.block()).toBeUndefined();
    } else await events.cancel();
    expect(vi.getTimerCount()).toBe(0);
    // With a listener left, this would write to a stream that is closed, and be reported.
    const warnings = collectWarnings();
    await plugbay.control.bulk([idOf(plugbay, "alice")], "disable", by);
    expect(warnings).toEqual([]);
  });

  test("there is a sign of life every 15 seconds", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const events = await follow(await home.open(everything));
    await events.next("state");
    vi.advanceTimersByTime(14_999);
    vi.advanceTimersByTime(1);
    expect(await events.block()).toBe(": ping");
    await events.cancel();
  });

  test.each([
    ["is signed out", async () => null],
    ["cannot be asked for any more", () => Promise.reject(new Error("no session store"))],
  ])("the events end at the next sign of life for somebody who %s", async (_, later) => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let isFirst = true;
    const events = await follow(await home.open(everything), {
      authorize: async () => {
        if (!isFirst) return later();
        isFirst = false;
        return { actor: "olga", access: "read" };
      },
    });
    await events.next("state");
    vi.advanceTimersByTime(15_000);
    expect(await events.block()).toBe(": ping");
    expect(await events.block()).toBeUndefined();
  });

  test("a reader that takes nothing is given up, and what waits for it is bounded", async () => {
    const plugbay = await home.open(everything);
    const events = await follow(plugbay);
    const id = idOf(plugbay, "alice");
    for (let round = 0; round < 1_010; round += 1) {
      await plugbay.control.bulk([id], round % 2 === 0 ? "raise" : "lower", by);
    }
    let blocks = 0;
    while ((await events.block()) !== undefined) blocks += 1;
    expect(blocks).toBe(1_000);
  });

  test("HEAD does not begin to listen", async () => {
    const plugbay = await home.open(everything);
    const on = vi.spyOn(plugbay, "on");
    const response = await new Panel(plugbay).fetch("HEAD", "/admin/api/events");
    expect(response.status).toBe(200);
    expect(on).not.toHaveBeenCalled();
  });

  test("a stream ends after a minute, so that the application's sign-in sees the reader again", async () => {
    const plugbay = await home.open(everything);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const events = await follow(plugbay);
    await events.next("state");
    for (let ping = 1; ping < 4; ping += 1) {
      vi.advanceTimersByTime(15_000);
      expect(await events.block()).toBe(": ping");
    }
    vi.advanceTimersByTime(15_000);
    expect(await events.next("end")).toEqual({ event: "end", data: {} });
    expect(await events.block()).toBeUndefined();
  });

  const actorOf = (request: Request) => request.headers.get("x-actor") ?? "olga";
  const byHeader: AdminOptions = { authorize: (request) => ({ actor: actorOf(request), access: "read" }) };
  const open = async (panel: Panel, actor: string, signal?: AbortSignal) => {
    const headers = { "x-actor": actor };
    return panel.fetch("GET", "/admin/api/events", { headers, ...(signal && { signal }) });
  };

  test("one caller has ten streams at once at most, and others have theirs", async () => {
    const panel = new Panel(await home.open(everything), byHeader);
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(panel, "olga")));
    expect(streams.map(({ status }) => status)).toEqual(Array(10).fill(200));

    const refused = await open(panel, "olga");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("15");
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toMatchObject({ status: 429, code: "TOO_MANY_STREAMS" });
    const asked = await panel.fetch("HEAD", "/admin/api/events", { headers: { "x-actor": "olga" } });
    expect([asked.status, asked.headers.get("retry-after")]).toEqual([429, "15"]);

    const other = await open(panel, "peter");
    expect(other.status).toBe(200);
    await Promise.all([...streams, other].map(({ body }) => body?.cancel()));
  });

  test("all callers together have a thousand streams at most", async () => {
    const panel = new Panel(await home.open(everything), byHeader);
    const streams: Response[] = [];
    for (let number = 0; number < 1_000; number += 1) {
      streams.push(await open(panel, `actor ${number % 200}`));
    }
    expect(streams.every(({ status }) => status === 200)).toBe(true);
    const refused = await open(panel, "somebody else");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "15"]);
    expect(await refused.json()).toMatchObject({ code: "TOO_MANY_STREAMS" });
    await streams.pop()?.body?.cancel();
    const next = await open(panel, "somebody else");
    expect(next.status).toBe(200);
    await Promise.all([...streams, next].map(({ body }) => body?.cancel()));
  });

  test.each(["abort", "cancel", "minute"] as const)(
    "a stream that ends by %s frees its place",
    async (way) => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      const panel = new Panel(await home.open(everything), byHeader);
      const abort = new AbortController();
      const last = await open(panel, "olga", abort.signal);
      if (way === "minute") vi.advanceTimersByTime(15_000);
      const streams = [last];
      while (streams.length < 10) streams.push(await open(panel, "olga"));
      expect((await open(panel, "olga")).status).toBe(429);

      if (way === "abort") abort.abort();
      else if (way === "cancel") await last.body?.cancel();
      else vi.advanceTimersByTime(45_000);
      const next = await open(panel, "olga");
      expect(next.status).toBe(200);
      expect((await open(panel, "olga")).status).toBe(429);
      await Promise.all([...streams, next].map(({ body }) => body?.cancel()));
    },
  );
});
