import { Kysely, MysqlDialect, sql } from "kysely";
import mysql2, { type Pool } from "mysql2";
import { openPlugbay } from "plugbay";
import { mysql } from "plugbay/mysql";
import { postgres } from "plugbay/postgres";
import { beforeEach, describe, expect, test } from "vitest";
import { surviveHostileValues } from "./hostile-values.ts";
import { onEveryDatabase } from "./test-database.ts";

/** What a server's `sql_mode` may be, beside what it is by default. */
const modes = [
  "",
  "NO_BACKSLASH_ESCAPES",
  "NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT,IGNORE_SPACE,STRICT_ALL_TABLES",
  "ANSI",
  "TRADITIONAL",
  "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO",
  "PAD_CHAR_TO_FULL_LENGTH,HIGH_NOT_PRECEDENCE,NO_UNSIGNED_SUBTRACTION,REAL_AS_FLOAT",
  "ONLY_FULL_GROUP_BY,NO_AUTO_VALUE_ON_ZERO,NO_DIR_IN_CREATE",
];
/** And on MariaDB alone. */
const modesOfMariadb = [
  "ORACLE",
  "ORACLE,EMPTY_STRING_IS_NULL,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES",
  "EMPTY_STRING_IS_NULL",
  "SIMULTANEOUS_ASSIGNMENT,TIME_ROUND_FRACTIONAL,STRICT_TRANS_TABLES",
  "MSSQL",
  "DB2",
];

onEveryDatabase((home) => {
  test("hostile values come back as they were written, and change nothing else", async () => {
    const { database } = await home.elsewhere();
    await surviveHostileValues(async () => database);
  });

  if (home.kind.dialect === "postgres") {
    test("hostile values are as harmless where a backslash is an escape", async () => {
      const { address } = await home.elsewhere();
      const options = { connectionString: address, options: "-c standard_conforming_strings=off" };
      await surviveHostileValues(async () => postgres(options));
    });
  }

  if (home.kind.dialect === "mysql") {
    const isMariadb = async (): Promise<boolean> => {
      const { rows } = await sql<{ version: string }>`select version() as version`.execute(
        await home.kysely(),
      );
      return rows[0]?.version.includes("MariaDB") === true;
    };
    const pool = async (mode: string): Promise<Pool> => {
      const { address } = await home.elsewhere();
      const made = mysql2.createPool({ uri: address });
      home.afterwards(() => made.promise().end());
      made.on("connection", (connection) => {
        connection.query(`set session sql_mode = '${mode}'`, (error) => error && made.emit("error", error));
      });
      return made;
    };
    describe.each([...modes, ...modesOfMariadb])("under sql_mode '%s'", (mode) => {
      beforeEach(async ({ skip }) => {
        skip(modesOfMariadb.includes(mode) && !(await isMariadb()), "MySQL does not have it");
      });
      test("hostile values come back as they were written through a pool", async () => {
        const database = mysql(await pool(mode));
        await surviveHostileValues(async () => database);
      });

      test("and through a Kysely instance of the application", async () => {
        const database = new Kysely<never>({ dialect: new MysqlDialect({ pool: await pool(mode) }) });
        if (mode.includes("ORACLE")) {
          await expect(openPlugbay({ database, plugins: [], migrate: true })).rejects.toMatchObject({
            code: "DATABASE_SETTING",
            setting: "sql_mode",
            message: expect.stringContaining("mysql(pool)"),
          });
        } else {
          await surviveHostileValues(async () => database);
        }
      });
    });

    test("an object in place of a text is refused, not written as SQL", async () => {
      const plugbay = await home.open([]);
      const actor = { actor: 1 } as unknown as string;
      await expect(plugbay.control.history({ actor })).rejects.toThrow(TypeError);
    });
  }
});
