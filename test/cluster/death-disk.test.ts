import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, PostgresDialect, sql } from "kysely";
import { type Database, openPlugbay, type Plugbay, WriteRefusedError } from "plugbay";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { afterAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { snapshotOf } from "../../src/open/facade.ts";
import { freshPostgres } from "../servers/databases.ts";
import { postgresPool } from "../servers/postgres-pool.ts";
import { wholeHistory } from "../whole-history.ts";
import { defineOne } from "./define-one.ts";
import { waitFor } from "./harness/wait-for.ts";

const { type: otp, plugins } = defineOne({
  name: "otp",
  plugins: [{ name: "sms" }, { name: "mail", priority: 1 }],
});
const followBound = 5_000;

async function open(database: Database): Promise<Plugbay> {
  const plugbay = await openPlugbay({ database, plugins: [otp, ...plugins], migrate: true });
  onTestFinished(() => plugbay.close());
  return plugbay;
}

const idOf = (plugbay: Plugbay, name: string): string =>
  plugbay.items(otp).find((item) => item.name === name)?.id ?? "";

const change = (plugbay: Plugbay, description: string) =>
  plugbay.control.updateItem(idOf(plugbay, "sms"), { description }, { actor: "alice" });

/** A small file system, and a second way to it that may only read; undefined where mounting is not permitted. */
const mounted = mount();
afterAll(() => {
  if (mounted === undefined) return;
  // The driver keeps files open until its statements are collected, so the file systems go when nobody uses them.
  execFileSync("umount", ["--lazy", mounted.readOnly, mounted.writable]);
  rmSync(mounted.folder, { recursive: true });
});

const absence = mounted === undefined ? " (skipped: file systems may not be mounted here)" : "";

describe.skipIf(mounted === undefined)(`a SQLite file${absence}`, () => {
  const { writable, readOnly } = mounted ?? { writable: "", readOnly: "" };

  test("on a full disk: changes are refused and change nothing, reads go on, and with space again all is as before", async () => {
    const plugbay = await open(sqlite(join(writable, "full.db")));
    const before = plugbay.get(otp)?.itemId();
    const filler = join(writable, "filler");
    fill(filler);

    // The log has some room left in the pages that it had before.
    let written = 0;
    const refusal = await (async () => {
      for (; written < 1_000; written += 1) await change(plugbay, `change ${written} `.repeat(500));
    })().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WriteRefusedError);
    expect(String(refusal)).toMatch(
      /full\.db" takes no changes \(.*(full|disk).*\), and nothing was changed/,
    );
    const { revision } = snapshotOf(plugbay);
    expect(revision).toBe(1 + written);
    await expect(change(plugbay, "once more ".repeat(500))).rejects.toBeInstanceOf(WriteRefusedError);

    expect(plugbay.get(otp)?.itemId()).toBe(before);
    await plugbay.refresh();
    expect(plugbay.state).toMatchObject({ kind: "live", revision });
    expect((await wholeHistory(plugbay)).length).toBe(3 + written);

    rmSync(filler);
    await change(plugbay, "there is space");
    expect(snapshotOf(plugbay).revision).toBe(revision + 1);
    await plugbay.control.bulk([before ?? ""], "disable", { actor: "alice" });
    expect(plugbay.get(otp)?.itemId()).not.toBe(before);
  });

  test(`that may only be read: changes are refused, and those of others are followed within ${followBound / 1_000} s`, async () => {
    const writer = await open(sqlite(join(writable, "shared.db")));
    const reader = await open(sqlite(join(readOnly, "shared.db")));
    const refusal = await change(reader, "new").catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WriteRefusedError);
    expect(String(refusal)).toMatch(/readonly/);

    await writer.control.updateItem(idOf(writer, "sms"), { status: "disable" }, { actor: "alice" });
    const next = idOf(writer, "mail");
    await waitFor("the change", followBound, () => reader.get(otp)?.itemId() === next);
    expect(reader.state).toMatchObject({ kind: "live" });
  });
});

const postgresUrl = inject("postgresUrl");

test.skipIf(postgresUrl === null)(
  "a PostgreSQL database that may only be read refuses changes, and reads go on",
  async () => {
    const { url } = await freshPostgres(postgresUrl ?? "");
    // What its connections are opened with counts for more than what the database says.
    const writer = await open(postgres(`${url}?options=-c%20default_transaction_read_only%3Doff`));
    const db = new Kysely({
      dialect: new PostgresDialect({ pool: postgresPool({ connectionString: url }) }),
    });
    onTestFinished(() => db.destroy());
    const name = new URL(url).pathname.slice(1);
    await sql`alter database ${sql.id(name)} set default_transaction_read_only = on`.execute(db);
    const reader = await open(postgres(url));
    await expect(change(reader, "new")).rejects.toBeInstanceOf(WriteRefusedError);
    expect(reader.get(otp)?.itemId()).toBe(idOf(reader, "sms"));
    await change(writer, "of somebody who may write");
    await waitFor(
      "the change",
      followBound,
      () => snapshotOf(reader).revision === snapshotOf(writer).revision,
    );
  },
);

function mount(): { folder: string; writable: string; readOnly: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "plugbay-disk-"));
  const [writable, readOnly] = [join(folder, "writable"), join(folder, "read-only")];
  mkdirSync(writable);
  mkdirSync(readOnly);
  const run = (...args: string[]) => execFileSync("mount", args, { stdio: "ignore" });
  try {
    run("-t", "tmpfs", "-o", "size=3m", "tmpfs", writable);
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  run("--bind", writable, readOnly);
  run("-o", "remount,ro,bind", readOnly);
  return { folder, writable, readOnly };
}

function fill(file: string): void {
  const { bavail, bsize } = statfsSync(file.slice(0, file.lastIndexOf("/")));
  writeFileSync(file, Buffer.alloc(bavail * bsize));
}
