import { isObject } from "../../definition/contract.ts";
import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown } from "../../definition/known-options.ts";
import { localRows } from "../../selection/local-rows.ts";
import { emptySnapshot, type Snapshot, succeed } from "../../selection/snapshot.ts";
import type { Current } from "../../store/current.ts";
import { isUuid } from "../../store/uuid.ts";
import { GivenUp } from "../../store/writing/given-up.ts";
import type { Findings } from "../list/findings.ts";
import { findIds } from "../list/list-items.ts";
import { type ItemQuery, itemQueryNames } from "../list/list-query.ts";
import type { View } from "../view.ts";
import type { Versions } from "../writing/changed.ts";

/** What a list of items is filtered by. */

/** Items by their ids; at the versions that the caller has seen; or all that a query finds, on whatever page. */
export type ChosenItems =
  | readonly string[]
  | {
      /** By id, the version at which the item was read: where one is at another, the change is a `ConflictError`. */
      readonly versions: Versions;
    }
  | {
      /** All items that it finds, on whatever page; those at the moment of the change. */
      readonly query: ItemQuery;
    };

const idsOf = (chosen: Exclude<ChosenItems, { readonly query: ItemQuery }>): readonly string[] =>
  "versions" in chosen ? Object.keys(chosen.versions) : chosen;

/** A condition that is misspelt would choose all items. @throws UnknownOptionError, InvalidOptionError */
function checkChosen(chosen: ChosenItems): void {
  if (!isObject(chosen))
    throw new InvalidOptionError("items", chosen, "it is a list of ids, { versions } or { query }");
  if ("versions" in chosen) checkKnown("the choice of items", chosen, { versions: true });
  if (!("query" in chosen)) return;
  checkKnown("the choice of items", chosen, { query: true });
  checkKnown("the query of items", chosen.query, itemQueryNames);
}

/** Thrown inside a transaction where the rows are not what the snapshot has. */
export class SnapshotOutdated extends GivenUp {
  constructor() {
    super("something was changed since the snapshot");
  }
}

/** Finds the items that a change is for. */
export class ItemsChoice {
  readonly #chosen: ChosenItems;
  readonly #view: View;
  readonly #findings: Findings;
  readonly #snapshot: Snapshot;
  readonly #ids: readonly string[];

  /** By the snapshot as it is now. */
  constructor(chosen: ChosenItems, view: View, findings: Findings) {
    checkChosen(chosen);
    this.#chosen = chosen;
    this.#view = view;
    this.#findings = findings;
    this.#snapshot = view.snapshot;
    this.#ids = "query" in chosen ? this.#find(chosen.query, this.#snapshot) : idsOf(chosen);
  }

  /** The versions that the caller has seen. */
  get versions(): Versions {
    return "versions" in this.#chosen ? this.#chosen.versions : {};
  }

  /** The ids that are worth reading beforehand. */
  get expected(): readonly string[] {
    return [...new Set(this.#ids)].filter(isUuid);
  }

  /**
   * The ids, which for a query are those that it finds in the rows as the change is about to find them.
   *
   * @param mayRead whether all rows are read where the snapshot is outdated
   * @throws SnapshotOutdated where they are not
   */
  async ids(current: Current, mayRead: boolean): Promise<readonly string[]> {
    if (!("query" in this.#chosen) || (await current.isAt(this.#snapshot))) return this.#ids;
    if (!mayRead) throw new SnapshotOutdated();
    const rows = localRows(await current.rows(), this.#view.registry, emptySnapshot);
    return this.#find(this.#chosen.query, succeed(emptySnapshot, rows).snapshot);
  }

  #find(query: ItemQuery, snapshot: Snapshot): readonly string[] {
    return findIds({ snapshot, findings: this.#findings }, query);
  }
}
