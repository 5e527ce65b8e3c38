import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { definePlugin, definePluginType, type OpenOptions, openPlugbay, type Plugbay } from "plugbay";
import { expect } from "vitest";
import { z } from "zod";
import { wholeHistory } from "../whole-history.ts";
import type { Greeter } from "./definitions.ts";

/** What ends a text early, begins a comment or a wildcard, or gets lost, in one database or mode or another. */
const hostileTexts = [
  "it's",
  "trailing \\",
  "\\' or 1=1 -- ",
  "' or '1'='1",
  "'' or 1=1 -- ",
  "\\\\' union select 1,2,3 -- ",
  `"; drop table plugbay_item; -- `,
  '" or ""="',
  "`; -- ",
  "100%_",
  "|| char(0) ||",
  "/* half a comment",
  "# -- ",
  "$1 ?? ? :name @x {}",
  "\\n\\0\\Z",
  "漢字 ß é",
  "🔌👩‍👩‍👧‍👦",
  "縗' or 1=1 -- ",
] as const;

/** As `hostileTexts`, with what names may not have. */
const hostileProse = [...hostileTexts, "", " ", "a\nb\r\nc\td", "\u001a\u0008\u0001", "x'41' 0x41"];

const asName = (text: string): string => text.trim();

const key = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const by = { actor: "operator" };

/**
 * Does all that the control plane can do, with hostile values wherever values go, and compares what is read with
 * what was written; a namespace beside has to stay as it is.
 */
export async function surviveHostileValues(database: () => Promise<OpenOptions["database"]>): Promise<void> {
  const beside = await Space.open(database, "beside it's \\' or 1=1 -- x");
  const before = await beside.everything();
  const space = await Space.open(database, "' or '1'='1");
  await space.exercise();
  expect(await beside.everything()).toEqual(before);
  await space.close();
  await beside.close();
}

class Space {
  readonly #database: () => Promise<OpenOptions["database"]>;
  readonly #namespace: string;
  readonly #keys = [key("one"), key("two")];
  readonly #type = definePluginType<Greeter>({
    name: "type's \\' or 1=1 --",
    manager: 'manager\\" or ""="',
    methods: { greet: "required" },
    description: hostileProse.join("\n"),
  });
  readonly #plugins = hostileTexts.map((text) =>
    definePlugin(this.#type, {
      module: `module ${text}`.trim(),
      name: asName(text),
      description: text,
      config: z.object({ text: z.string(), token: z.string() }),
      secrets: ["token"],
      create: ({ config }) => ({ greet: () => `${config.text}|${config.token}` }),
    }),
  );
  #plugbay!: Plugbay;

  private constructor(database: () => Promise<OpenOptions["database"]>, namespace: string) {
    this.#database = database;
    this.#namespace = namespace;
  }

  static async open(database: () => Promise<OpenOptions["database"]>, namespace: string): Promise<Space> {
    const space = new Space(database, namespace);
    space.#plugbay = await space.#process({ sync: "create" });
    await space.#plugbay.control.createItem(space.#newItem(0, "own"), by);
    return space;
  }

  async close(): Promise<void> {
    await this.#plugbay.close();
  }

  /** All rows and the history, as a process that has just started reads them. */
  async everything(): Promise<unknown> {
    const plugbay = await this.#process({ sync: false });
    try {
      return [
        await plugbay.control.types(),
        (await plugbay.control.list()).items,
        await wholeHistory(plugbay),
      ].map((part) => JSON.parse(JSON.stringify(part)));
    } finally {
      await plugbay.close();
    }
  }

  async exercise(): Promise<void> {
    const { control } = this.#plugbay;
    for (const [index, text] of hostileProse.entries()) {
      const label = hostileTexts[index]?.trim() ?? `label ${index}`;
      const plugin = index % this.#plugins.length;
      const made = await control.createItem(this.#newItem(plugin, label, text), { actor: `made ${text}` });
      // Trailing spaces count for nothing where MariaDB compares.
      const actor = `${text} changed`;
      await control.updateItem(made.id, { description: text, priority: 7 }, { actor });

      const fresh = await this.#process({ sync: false });
      expect(await fresh.control.getItem(made.id)).toMatchObject({
        label,
        description: text,
        config: { text, token: { secret: "set" } },
      });
      expect(fresh.getById(this.#type, made.id)?.greet()).toBe(`${text}|secret ${text}`);
      // It is found by a part of the name, too.
      const [entry, ...others] = (await fresh.control.history({ actor })).filter(
        (found) => found.actor === actor,
      );
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ actor, entityId: made.id, after: { priority: 7 } });
      await fresh.close();

      await control.revert(entry as NonNullable<typeof entry>, by);
      expect(await control.getItem(made.id)).not.toMatchObject({ priority: 7 });
    }
    await this.#filters();
    await this.#lists();
    await this.#documents();
    await this.#processes();
    await this.#keysTurn();
    await this.#purges();
  }

  /** A filter finds what it says, and hostile ones find nothing. */
  async #filters(): Promise<void> {
    const { control } = this.#plugbay;
    const all = await control.history({ limit: 1_000 });
    for (const text of hostileTexts) {
      for (const field of ["entityId", "typeId", "source"] as const) {
        expect(await wholeHistory({ control }, { [field]: text })).toEqual([]);
      }
      // A part of the name finds it, and no sign of a pattern stands for another one.
      const others = (await wholeHistory({ control }, { actor: text })).filter(
        ({ actor }) => !actor?.toLowerCase().includes(text.toLowerCase()),
      );
      expect(others).toEqual([]);
      // Times are compared as texts.
      for (const field of ["since", "until"] as const) {
        const found = await wholeHistory({ control }, { [field]: text });
        expect([0, all.length]).toContain(found.length);
      }
      expect(await control.countHistory([text, "' or '1'='1"])).toBe(0);
      await expect(control.getItem(text)).rejects.toMatchObject({ code: "ITEM_NOT_FOUND" });
      await expect(control.updateItem(text, { priority: 1 }, by)).rejects.toMatchObject({
        code: "ITEM_NOT_FOUND",
      });
    }
    expect(await control.history({ limit: 1_000 })).toEqual(all);
    const page = await control.history({ limit: 3 });
    const [last] = page.slice(-1);
    expect(await control.history({ limit: 2, ...(last && { before: last }) })).toEqual(all.slice(3, 5));
  }

  async #lists(): Promise<void> {
    const { control } = this.#plugbay;
    const { items } = await control.list();
    const ids = items.map(({ id }) => id);
    await control.bulk(ids, "disable", { actor: "bulk ' \\" });
    expect(await control.history({ actor: "bulk ' \\" })).not.toEqual([]);
    await control.bulk(ids, "activate", by);
    const [one, other] = items;
    if (one === undefined || other === undefined) throw new Error("there are too few items");
    await control.updateItems(
      [one, other].map(({ id }) => ({ id, description: "both '\\" })),
      by,
    );
    const copy = await control.duplicateItem(one.id, { label: "copy's \\" }, by);
    expect(await control.getItem(copy.id)).toMatchObject({ label: "copy's \\", description: "both '\\" });
    await this.#plugbay.sync({ mode: "update", prune: true });
  }

  /** A document that was exported says the same again after it was imported. */
  async #documents(): Promise<void> {
    const { control } = this.#plugbay;
    const document = await control.exportItems();
    await control.import(JSON.parse(JSON.stringify(document)), by);
    expect((await control.exportItems()).types).toEqual(document.types);
  }

  async #processes(): Promise<void> {
    const version = hostileTexts.join(" ");
    const noted = await this.#process({ sync: false, version, heartbeatMs: 60_000 });
    await expect
      .poll(() => noted.control.processes())
      .toEqual([expect.objectContaining({ version, host: hostname() })]);
    await noted.close();
  }

  async #keysTurn(): Promise<void> {
    const turned = await this.#process({ sync: false, keys: this.#keys.toReversed().join(",") });
    expect(await turned.control.rotateKeys(by)).toMatchObject({ unreadable: [] });
    await turned.close();
  }

  async #purges(): Promise<void> {
    const { control } = this.#plugbay;
    const [item, ...rest] = (await control.list()).items.filter(({ label }) => label !== "");
    if (item === undefined) throw new Error("there is no item with a label");
    await control.retire([item.id], by);
    await control.restore([item.id], by);
    await control.retire([item.id], by);
    await control.purge({ ids: [item.id], ...by });
    const left = (await control.list()).items.map(({ id }) => id);
    expect(left).not.toContain(item.id);
    expect(left).toEqual(expect.arrayContaining(rest.map(({ id }) => id)));
    await expect(control.purge({ ids: ["' or '1'='1"], ...by })).rejects.toThrow();
  }

  #newItem(index: number, label: string, text = label) {
    const plugin = this.#plugins[index];
    if (plugin === undefined) throw new Error(`there is no plugin ${index}`);
    return {
      type: this.#type,
      module: plugin.module,
      name: plugin.name,
      label,
      config: { text, token: `secret ${text}` },
    };
  }

  async #process(options: Partial<OpenOptions>): Promise<Plugbay> {
    return openPlugbay({
      database: await this.#database(),
      namespace: this.#namespace,
      plugins: [this.#type, ...this.#plugins],
      keys: this.#keys.join(","),
      migrate: true,
      pollIntervalMs: false,
      push: false,
      heartbeatMs: false,
      ...options,
    });
  }
}
