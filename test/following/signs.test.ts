import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { Signs } from "../../src/following/signs.ts";
import { waitFor } from "../cluster/harness/wait-for.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { ManualClock } from "../runtime/manual-clock.ts";

const plugins = [otp, senderPlugin("sms"), senderPlugin("mail", { priority: 1 })];
const by = { actor: "alice" };
/** So seldom that nothing is polled for. */
const seldomMs = 3_600_000;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "plugbay-signs-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function open(path: string, pollIntervalMs: number | false): Promise<Plugbay> {
  const plugbay = await openPlugbay({ database: sqlite(path), plugins, heartbeatMs: false, pollIntervalMs });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

describe("signs of who writes into a SQLite file", () => {
  test("have a change of another process served without a poll", async () => {
    const path = join(await folder(), "app.db");
    const writer = await open(path, false);
    const reader = await open(path, seldomMs);
    await writer.control.updateItem(writer.items(otp)[0]?.id ?? "", { status: "disable" }, by);
    await waitFor("the change", 5_000, () => reader.get(otp)?.by === "mail");
  });

  test("come from the file that took the place of another, too", async () => {
    const path = join(await folder(), "app.db");
    const reader = await open(path, seldomMs);
    await reader.control.updateItem(reader.items(otp)[1]?.id ?? "", { priority: 7 }, by);
    const copy = `${path}.copy`;
    const source = await sqlite(path).connect();
    await sql`vacuum into ${copy}`.execute(source.db);
    await source.close();
    await rename(copy, path);
    await reader.refresh();
    const writer = await open(path, false);
    await writer.control.updateItem(writer.items(otp)[0]?.id ?? "", { status: "disable" }, by);
    await waitFor("the change", 5_000, () => reader.get(otp)?.by === "mail");
  });

  test("are relied on once one was heard", async () => {
    const database = sqlite(join(await folder(), "app.db"));
    const [one, other] = [await database.connect(), await database.connect()];
    if (other.glance === undefined) throw new Error("SQLite can be glanced at");
    let finds = 0;
    const signs = new Signs(new ManualClock(), other.glance, () => {
      finds += 1;
    });
    onTestFinished(async () => {
      signs.stop();
      await one.close();
      await other.close();
    });
    other.glance.hasMoved();
    expect(signs.areReliable).toBe(false);
    await sql`create table note (text text)`.execute(one.db);
    await waitFor("the sign", 5_000, () => finds > 0);
    expect(signs.areReliable).toBe(true);
  });

  test("are looked after more than once: a commit may be seen a moment later", async () => {
    const clock = new ManualClock();
    let hear = (): void => undefined;
    let hasMoved = false;
    let finds = 0;
    const glance = {
      intervalMs: 100,
      hasMoved: () => hasMoved,
      listen: (onSign: () => void) => {
        hear = onSign;
        return () => undefined;
      },
    };
    new Signs(clock, glance, () => {
      finds += 1;
    });
    hear();
    await clock.advance(5);
    expect(finds).toBe(0);
    hasMoved = true;
    await clock.advance(10);
    expect(finds).toBe(1);
    expect(clock.pending).toBe(0);

    hasMoved = false;
    hear();
    await clock.advance(1_000);
    expect(finds).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test("are relied on no more when something was found without them, and given up when that goes on", async () => {
    let hear = (): void => undefined;
    let isListening = true;
    const glance = {
      intervalMs: 100,
      hasMoved: () => false,
      listen: (onSign: () => void) => {
        hear = onSign;
        return () => {
          isListening = false;
        };
      },
    };
    const signs = new Signs(new ManualClock(), glance, () => undefined);
    hear();
    signs.found();
    expect(signs.areReliable).toBe(true);
    for (let miss = 0; miss < 3; miss += 1) {
      expect(isListening).toBe(true);
      signs.found();
      expect(signs.areReliable).toBe(false);
    }
    expect(isListening).toBe(false);
  });
});
