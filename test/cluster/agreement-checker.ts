import type { AuditEntry, Status } from "plugbay";
import type { Answer } from "./harness/protocol.ts";

interface Item {
  readonly id: string;
  readonly typeId: string;
  readonly name: string;
  readonly status: Status;
  readonly priority: number;
}

/** What the history says was chosen at each revision: worked out from it alone, not by plugbay's own code. */
export class ChosenByHistory {
  readonly #chosen = new Map<number, ReadonlyMap<string, string | undefined>>();
  readonly #statuses = new Map<number, ReadonlyMap<string, Status>>();

  /** @param entries the whole history, the latest first */
  constructor(entries: readonly AuditEntry[]) {
    const types = new Map<string, string>();
    const items = new Map<string, Item>();
    for (const { revision, entity, entityId, typeId, after } of entries.toReversed()) {
      if (entity === "type") types.set(entityId, String(after?.name));
      else items.set(entityId, { ...items.get(entityId), ...after, id: entityId, typeId } as Item);
      const all = [...items.values()];
      this.#statuses.set(revision, new Map(all.map((item) => [item.id, item.status])));
      const chosen = [...types].map(([id, name]) => [name, choose(all.filter((item) => item.typeId === id))]);
      this.#chosen.set(revision, new Map(chosen as [string, string | undefined][]));
    }
  }

  /** The id of the item that serves a type at a revision. */
  at(revision: number, type: string): string | undefined {
    const chosen = this.#chosen.get(revision);
    if (chosen === undefined) throw new Error(`the history has no revision ${revision}`);
    return chosen.get(type);
  }

  /** The answers that gave an item which was disabled at the revision that they were given at. */
  ofDisabledItems(answers: readonly Answer[]): Answer[] {
    return answers.filter(
      ({ revision, itemId }) => this.#statuses.get(revision)?.get(itemId ?? "") === "disable",
    );
  }

  /** The answers that were not what the database had chosen at the revision that they were given at. */
  contradicting(answers: readonly Answer[]): Answer[] {
    return answers.filter(({ revision, type, itemId }) => this.at(revision, type) !== itemId);
  }
}

/** The answers from an older revision than the one before. */
export function stepsBack(answers: readonly Answer[]): Answer[] {
  return answers.filter(({ revision }, index) => revision < (answers[index - 1]?.revision ?? 0));
}

function choose(items: readonly Item[]): string | undefined {
  for (const status of ["active", "reserve"]) {
    const [first] = items.filter((item) => item.status === status).sort(inOrder);
    if (first) return first.id;
  }
  return undefined;
}

const inOrder = (one: Item, other: Item): number =>
  one.priority - other.priority || (one.name < other.name ? -1 : 1);
