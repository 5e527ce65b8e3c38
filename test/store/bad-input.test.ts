import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { DatabaseUnavailableError, InvalidNameError, InvalidOptionError, openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { alice, greeting } from "./definitions.ts";
import { onEveryDatabase } from "./test-database.ts";

const plugins = [greeting, alice];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "plugbay-test-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe("a SQLite path", () => {
  test("that cannot be written is refused, with the path", async () => {
    const path = join(await folder(), "no", "such", "folder", "app.db");
    const opening = openPlugbay({ database: sqlite(path), plugins });
    await expect(opening).rejects.toThrow(DatabaseUnavailableError);
    await expect(opening).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      message: expect.stringContaining(path),
      cause: expect.any(Error),
    });
  });

  test("that is a folder is refused", async () => {
    const opening = openPlugbay({ database: sqlite(await folder()), plugins });
    await expect(opening).rejects.toThrow(DatabaseUnavailableError);
  });

  test("of a file that is no database is refused, and the file is left as it is", async () => {
    const path = join(await folder(), "notes.txt");
    const text = "Buy milk.\n".repeat(200);
    await writeFile(path, text);
    const opening = openPlugbay({ database: sqlite(path), plugins });
    await expect(opening).rejects.toThrow(DatabaseUnavailableError);
    await expect(opening).rejects.toThrow("not a database");
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test("of a database that was cut off is refused", async () => {
    const path = join(await folder(), "app.db");
    const plugbay = await openPlugbay({ database: sqlite(path), plugins });
    await plugbay.close();
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, 6_000));
    const opening = openPlugbay({ database: sqlite(path), plugins });
    await expect(opening).rejects.toThrow(DatabaseUnavailableError);
    await expect(opening).rejects.toThrow("malformed");
  });

  test.each(["", 7, undefined, null])("of %j is refused at once", (path) => {
    expect(() => sqlite(path as string)).toThrow(InvalidOptionError);
  });

  test("can be opened again after a failure", async () => {
    const path = join(await folder(), "app.db");
    await writeFile(path, "not a database at all, whatever its name says\n".repeat(50));
    await expect(openPlugbay({ database: sqlite(path), plugins })).rejects.toThrow(DatabaseUnavailableError);
    await rm(path);
    await using plugbay = await openPlugbay({ database: sqlite(path), plugins });
    expect(plugbay.get(greeting)?.greet()).toBe("alice");
  });
});

describe.each([
  ["postgres", postgres, "postgres"],
  ["mysql", mysql, "mysql"],
] as const)("a %s server", (_, database, scheme) => {
  test("that does not listen is unavailable, with its address and the cause but no password", async () => {
    const port = await freePort();
    const url = `${scheme}://someone:s3cret@127.0.0.1:${port}/app`;
    const failure = await openPlugbay({ database: database(url), plugins }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseUnavailableError);
    expect(failure).toMatchObject({
      message: expect.stringContaining(`127.0.0.1:${port}/app`),
      cause: { code: "ECONNREFUSED" },
    });
    expect(inspect(failure)).not.toContain("s3cret");
  });

  test("whose address is no URL is unavailable, and its password is nowhere in the error", async () => {
    const url = `${scheme}://someone:s3cret@127.0.0.1:notaport/app`;
    const failure = await openPlugbay({ database: database(url), plugins }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseUnavailableError);
    expect(inspect(failure)).not.toContain("s3cret");
  });

  test.each(["", 7, undefined, null])("at %j is refused at once", (address) => {
    expect(() => database(address as string)).toThrow(InvalidOptionError);
  });
});

onEveryDatabase((home) => {
  if (home.kind.dialect !== "sqlite") {
    test("a database that the server does not have is an error of the server, which answers", async () => {
      const url = new URL(home.here.address);
      url.pathname = "/no_such_database";
      const database = { postgres, mysql, sqlite }[home.kind.dialect](url.href);
      const failure = await openPlugbay({ database, plugins }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: "DATABASE_FAILED",
        message: expect.stringContaining("no_such_database"),
      });
    });

    test("a user that the server does not let in hears so, and the password stays out", async () => {
      const url = new URL(home.here.address);
      url.username = "nobody_known";
      url.password = "s3cret";
      const database = { postgres, mysql, sqlite }[home.kind.dialect](url.href);
      const failure = await openPlugbay({ database, plugins }).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: "DATABASE_FORBIDDEN", kind: "forbidden", needs: "login" });
      expect(inspect(failure)).not.toContain("s3cret");
    });
  }

  test.each([
    ["empty", ""],
    ["of 101 code points", "🔌".repeat(101)],
    ["with white space at its end", "tenant "],
    ["with a control character", "ten\nant"],
    ["that is no text", 7],
  ])("a namespace %s is refused, and nothing is written under it", async (_, namespace) => {
    const opening = openPlugbay({
      database: home.here.database,
      plugins,
      namespace: namespace as string,
    });
    await expect(opening).rejects.toThrow(InvalidNameError);
  });

  test("a row that was edited by hand into nonsense is refused by the database", async () => {
    const plugbay = await home.open(plugins);
    const db = await home.kysely();
    const [item] = plugbay.items(greeting);
    const edit = (values: Record<string, unknown>) =>
      db
        .updateTable("plugbay_item")
        .set(values)
        .where("id", "=", item?.id ?? "")
        .execute();
    for (const values of [
      { status: "enabled" },
      { priority: 70_000 },
      { name: null },
      { type_id: "no-such-type" },
    ]) {
      await expect(edit(values)).rejects.toThrow();
    }
    await plugbay.refresh();
    expect(await home.item("alice")).toMatchObject({ status: "active", priority: 1, version: 1 });
  });

  test.each([
    ["a database that is none", { database: {} }],
    ["a sync mode that does not exist", { sync: "delete" }],
    ["a poll interval of 0", { pollIntervalMs: 0 }],
    ["a poll interval that is no number", { pollIntervalMs: Number.NaN }],
    ["a prepare timeout of 0", { prepareTimeoutMs: 0 }],
  ])("opening with %s is refused and writes nothing", async (_, options) => {
    await expect(home.open(plugins, options as object)).rejects.toThrow(InvalidOptionError);
    expect(await home.rows()).toMatchObject({ revision: 0, types: [], items: [] });
  });
});
