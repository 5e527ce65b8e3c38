import { type Database, openPlugbay, type Plugbay } from "plugbay";
import { type ClusterSetup, databases, now, plugins, pushOf, types } from "./cluster-process.ts";
import { revisionOf } from "./revision-of.ts";

/** A change, and when it was about to be committed. */
export interface Change {
  readonly revision: number;
  /** The item that serves by it. */
  readonly itemId: string;
  readonly committedAt: number;
}

/** The process in which an operator changes something. */
export class Writer {
  readonly plugbay: Plugbay;
  readonly #committedAt: () => number;
  #changes = 0;

  static async open(setup: ClusterSetup): Promise<Writer> {
    let committedAt = 0;
    const database = noting(databases[setup.kind](setup.address), () => {
      committedAt = now();
    });
    const plugbay = await openPlugbay({
      database,
      plugins: [...types, ...plugins],
      migrate: true,
      heartbeatMs: false,
      ...pushOf(setup),
    });
    return new Writer(plugbay, () => committedAt);
  }

  private constructor(plugbay: Plugbay, committedAt: () => number) {
    this.plugbay = plugbay;
    this.#committedAt = committedAt;
  }

  /** Makes another one of two items the first in order. */
  async promoteNext(): Promise<Change> {
    const [type] = types;
    if (type === undefined) throw new Error("there is no type");
    const item = this.plugbay.items(type)[1];
    if (item === undefined) throw new Error("there is no second item");
    this.#changes += 1;
    await this.plugbay.control.updateItem(item.id, { priority: -this.#changes }, { actor: "bench" });
    return { revision: revisionOf(this.plugbay), itemId: item.id, committedAt: this.#committedAt() };
  }

  close(): Promise<void> {
    return this.plugbay.close();
  }
}

/** A database that notes when its last transaction was about to be committed. */
function noting(database: Database, committing: () => void): Database {
  const { dialect } = database;
  return {
    ...database,
    dialect: {
      ...dialect,
      commit(connection, lockMs) {
        committing();
        return dialect.commit(connection, lockMs);
      },
    },
  };
}
