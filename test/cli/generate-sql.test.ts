import { sql } from "kysely";
import { PurgeBlockedError } from "plugbay";
import { expect, test } from "vitest";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";
import { runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

onEveryDatabase((home) => {
  test("what generate sql prints is taken by the database, and keeps a purge from what it points at", async () => {
    const empty = await home.elsewhere();
    const { database } = empty;
    const plugbay = await home.open([greeting, alice, bob], { database, prefix: "acme_", migrate: true });
    const db = await home.kysely({}, empty);
    const place = ["--dialect", home.kind.dialect, "--prefix", "acme_"];
    const { stdout } = await runCli(await makeFolder(), "generate", "sql", ...place);
    for (const statement of stdout.split(/;\n/).filter((text) => text.trim() !== ""))
      await sql.raw(statement).execute(db);

    const bobs = idOf(plugbay, "bob");
    await sql`insert into favourite values (7, ${bobs})`.execute(db);
    await expect(sql`insert into favourite values (8, 'nobody')`.execute(db)).rejects.toThrow();

    const by = { actor: "test" };
    await plugbay.control.retire([bobs], by);
    const purge = plugbay.control.purge({ olderThanMs: 0, ...by });
    await expect(purge).rejects.toThrow(PurgeBlockedError);
    await expect(purge).rejects.toThrow(/delete those rows first, or leave the items retired/);
    await sql`delete from favourite`.execute(db);
    expect((await plugbay.control.purge({ olderThanMs: 0, ...by })).items).toHaveLength(1);
  });
});
