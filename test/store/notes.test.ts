import { expect, test } from "vitest";
import { type Note, Notes } from "../../src/store/notes.ts";
import { newUuid } from "../../src/store/uuid.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { onEveryDatabase, type TestDatabase } from "./test-database.ts";

/** The notes of a process with a store of its own. */
const notesOf = async (home: TestDatabase, namespace = home.namespace): Promise<Notes> => {
  const store = await home.store({ namespace });
  return store.register((place) => new Notes(place, "alert"));
};

const noted = (written: Note | undefined | "overtaken"): Note => {
  if (written === undefined || written === "overtaken") throw new Error(`it is ${written}`);
  return written;
};

const overtaken = (outcomes: readonly unknown[]) =>
  outcomes.filter((outcome) => outcome === "overtaken").length;

onEveryDatabase((home) => {
  test("a note is what it was written as, to all processes, until it is removed", async () => {
    const [a, b] = [await notesOf(home), await notesOf(home)];
    const state = { text: "Grüße, <b>שלום</b> 🙂", list: [1, null, { ключ: true }] };
    const first = noted(await a.save(a.idOf("one"), undefined, state));
    expect(await b.all()).toEqual([first]);
    expect(first).toMatchObject({ id: a.idOf("one"), state });
    const second = noted(await b.save(first.id, first, { changed: true }));
    expect(await a.all()).toEqual([second]);
    expect(await a.save(second.id, second, undefined)).toBeUndefined();
    expect(await b.all()).toEqual([]);
  });

  test("of several that note the same for the first time at once one does, and the others are overtaken", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => notesOf(home)));
    const id = all[0]?.idOf("one") ?? "";
    const outcomes = await Promise.all(all.map((notes, by) => notes.save(id, undefined, { by })));
    expect(overtaken(outcomes)).toBe(5);
    const winner = noted(outcomes.find((outcome) => outcome !== "overtaken"));
    expect(await all[0]?.all()).toEqual([winner]);
  });

  test("of several that change the same note at once one does, and the others are overtaken", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => notesOf(home)));
    const id = all[0]?.idOf("one") ?? "";
    let note = noted(await all[0]?.save(id, undefined, { round: 0 }));
    for (let round = 1; round <= 5; round++) {
      const before = note;
      const outcomes = await Promise.all(all.map((notes, by) => notes.save(id, before, { round, by })));
      expect(overtaken(outcomes)).toBe(5);
      note = noted(outcomes.find((outcome) => outcome !== "overtaken"));
      expect(await all[0]?.all()).toEqual([note]);
    }
  });

  test("what goes by an old mark is not written, even where nothing else has changed", async () => {
    const [a, b] = [await notesOf(home), await notesOf(home)];
    const id = a.idOf("one");
    const old = noted(await a.save(id, undefined, { told: "new" }));
    const current = noted(await b.save(id, old, { told: "new" }));
    expect(current.mark).not.toBe(old.mark);
    expect(await a.save(id, old, { told: "ended" })).toBe("overtaken");
    expect(await a.save(id, old, undefined)).toBe("overtaken");
    expect(await a.save(id, undefined, { told: "ended" })).toBe("overtaken");
    expect(await a.all()).toEqual([current]);
  });

  test("what is gone is not written again by who knew it, and removing it once more does nothing", async () => {
    const [a, b] = [await notesOf(home), await notesOf(home)];
    const id = a.idOf("one");
    const note = noted(await a.save(id, undefined, {}));
    await b.save(id, note, undefined);
    expect(await a.save(id, note, { told: "ended" })).toBe("overtaken");
    expect(await a.save(id, note, undefined)).toBe("overtaken");
    expect(await a.save(id, undefined, undefined)).toBeUndefined();
    expect(await a.all()).toEqual([]);
  });

  test("namespaces have their own notes under their own ids", async () => {
    const [here, there] = [await notesOf(home), await notesOf(home, newUuid())];
    expect(there.idOf("one")).not.toBe(here.idOf("one"));
    expect(here.idOf("one", "two")).not.toBe(here.idOf("onetwo"));
    const note = noted(await here.save(here.idOf("one"), undefined, { here: true }));
    noted(await there.save(there.idOf("one"), undefined, { here: false }));
    expect(await here.all()).toEqual([note]);
  });

  test("a note that somebody has spoilt by hand is nothing, and is written anew", async () => {
    const warnings = collectWarnings();
    const notes = await notesOf(home);
    const note = noted(await notes.save(notes.idOf("one"), undefined, { fine: true }));
    const db = await home.kysely();
    await db.updateTable("plugbay_alert").set({ state: "{ not JSON" }).where("id", "=", note.id).execute();
    const [found] = await notes.all();
    expect(warnings).toEqual([expect.stringContaining(`plugbay_alert, row ${note.id}: state is not JSON`)]);
    expect(found).toEqual({ id: note.id, mark: note.mark, state: undefined });
    const mended = noted(await notes.save(note.id, found, { fine: "again" }));
    expect(await notes.all()).toEqual([mended]);
  });
});
