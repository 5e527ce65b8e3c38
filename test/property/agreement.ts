import { expect } from "vitest";
import type { Rows } from "../../src/store/rows.ts";
import type { Model, ModelItem } from "./model.ts";
import type { Process } from "./process.ts";

/** The rows must be what the model says, and every item must keep the id that it had when it was first seen. */
export function rowsAgree(rows: Rows, model: Model, ids: Map<ModelItem, string>): void {
  expect(rows.revision).toBe(model.revision);
  const types = model.types.map(({ items, retiredHour, ...type }) => type);
  expect(
    sorted(
      rows.types.map(({ manager, name, description, retiredAt, aliases }) => ({
        manager,
        name,
        description,
        retired: retiredAt !== null,
        formerNames: namesOf(aliases),
      })),
    ),
  ).toEqual(sorted(types));
  expect(rows.items).toHaveLength(model.items.length);
  for (const type of model.types) {
    const typeRow = rows.types.find(({ manager, name }) => manager === type.manager && name === type.name);
    for (const item of type.items) {
      const row = rows.items.find(
        ({ typeId, module, name }) => typeId === typeRow?.id && module === item.module && name === item.name,
      );
      expect(row).toMatchObject({
        ...plain(item),
        retiredAt: item.retiredBy === null ? null : expect.any(String),
      });
      expect(namesOf(row?.aliases)).toEqual(item.formerNames);
      const id = ids.get(item) ?? row?.id ?? "";
      ids.set(item, id);
      expect(row?.id).toBe(id);
    }
  }
}

/** What a process answers, right after its own change or a refresh. */
export function expectToServe({ plugbay, build, types }: Process, model: Model): void {
  expect(plugbay.state).toMatchObject({ kind: "live", revision: model.revision });
  for (const [declared, token] of types) {
    const current = build.find(({ manager, name }) => manager === declared.manager && name === declared.name);
    expect(current).toBeDefined();
    if (current === undefined) continue;
    const items = model.seen(build, current);
    expect(plugbay.explain(token).map(({ item }) => plain(item))).toEqual(items.map(plain));
    expect(plugbay.get(token)?.greet()).toBe(model.served(build, current));
  }
}

type Plain = Omit<ModelItem, "formerNames" | "retiredHour">;

/** The fields that the model and plugbay both have. */
export function plain(item: Plain): Plain {
  const { module, name, status, priority, description, version, retiredBy } = item;
  return { module, name, status, priority, description, version, retiredBy };
}

const namesOf = (aliases: readonly { readonly name: string }[] = []): string[] =>
  aliases.map(({ name }) => name);

const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
