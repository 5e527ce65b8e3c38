import fc from "fast-check";
import { type ItemRow, noRows, type Rows, type TypeRow } from "../../src/store/rows.ts";
import { itemRow, typeRow } from "../selection/rows.ts";

const typeIds = ["type a", "type b", "type c", "type d"];
const names = ["otp", "code", "sms", "former"];

const type = fc.record({
  id: fc.constantFrom(...typeIds),
  name: fc.constantFrom(...names),
  manager: fc.constantFrom("apps/otp", "apps/shop"),
  description: fc.constantFrom("", "New"),
  aliases: fc.constantFrom(undefined, [{ manager: "apps/otp", name: "former" }]),
});

const item = fc.record({
  id: fc.integer({ min: 0, max: 12 }).map((number) => `item ${number}`),
  typeId: fc.constantFrom(...typeIds, "unknown"),
  module: fc.constantFrom("apps/one", "apps/two"),
  name: fc.constantFrom(...names),
  label: fc.constantFrom("", "eu"),
  aliases: fc.constantFrom(undefined, [{ module: "apps/one", name: "former" }]),
  status: fc.constantFrom("active" as const, "reserve" as const, "disable" as const),
  priority: fc.integer({ min: 0, max: 2 }),
  retiredAt: fc.constantFrom(null, "2030-01-01T00:00:00.000Z"),
  config: fc.constantFrom(null, { key: 1 }, { key: 2 }),
});

export const step = fc.record({
  types: fc.uniqueArray(type, { selector: ({ id }) => id, maxLength: 3 }),
  items: fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 6 }),
  purged: fc.subarray([...typeIds, ...Array.from({ length: 13 }, (_, number) => `item ${number}`)], {
    maxLength: 3,
  }),
  /** Whether all rows are read, as when they are compared with what was edited by hand. */
  isFull: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The rows of a database as plain maps. */
export class Tables {
  types = new Map<string, TypeRow>();
  items = new Map<string, ItemRow>();
  readonly #hasConstraints: boolean;

  /** `hasConstraints`: no two rows may have one name. Without, they may, as rows edited by hand can. */
  constructor({ hasConstraints = false } = {}) {
    this.#hasConstraints = hasConstraints;
  }

  /** Makes the changes, and tells them as a reader of changes would. */
  apply(revision: number, step: Step): Rows {
    const types = step.types
      .map(({ name, ...row }) => typeRow(name, { ...row, revision }))
      .filter((row) => this.#put(this.types, row, ({ manager, name }) => [manager, name]));
    const items = step.items
      .map(({ typeId, name, ...row }) => itemRow("", name, { ...row, typeId, revision }))
      .filter((row) =>
        this.#put(this.items, row, ({ typeId, module, name, label }) => [typeId, module, name, label]),
      );
    const isChanged = new Set([...types, ...items].map(({ id }) => id));
    const purged = step.purged.filter((id) => !isChanged.has(id));
    for (const id of purged) {
      this.types.delete(id);
      this.items.delete(id);
    }
    // The database has no items without a type: strays are told of and not kept.
    for (const [id, row] of this.items) if (!this.types.has(row.typeId)) this.items.delete(id);
    return { ...noRows, types, items, revision, purged };
  }

  all(revision: number): Rows {
    const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
    return {
      ...noRows,
      revision,
      types: [...this.types.values()].sort(byId),
      items: [...this.items.values()].sort(byId),
    };
  }

  #put<Row extends { readonly id: string }>(
    table: Map<string, Row>,
    row: Row,
    nameOf: (row: Row) => readonly string[],
  ): boolean {
    const hasName = (other: Row): boolean =>
      other.id !== row.id && JSON.stringify(nameOf(other)) === JSON.stringify(nameOf(row));
    if (this.#hasConstraints && [...table.values()].some(hasName)) return false;
    table.set(row.id, row);
    return true;
  }
}
