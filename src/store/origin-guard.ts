import { type DatabaseLoss, DatabaseReplacedError } from "./errors.ts";
import type { Mark } from "./mark.ts";

/** What the data may be found to be although their origin is there. */
const arePartlyGone: ReadonlySet<DatabaseLoss> = new Set(["missing", "emptied"]);

/**
 * Sees that the data are those that this process serves, by their origin, which copies keep. Another database in their
 * place, or an emptied one, is never read for what an operator decided, nor written to.
 */
export class OriginGuard {
  readonly #database: string;
  #origin = "";
  #snapshotFiles: readonly string[] = [];
  #fault: DatabaseReplacedError | undefined;

  /** `database` is what to call it in messages. */
  constructor(database: string) {
    this.#database = database;
  }

  /** Whether it is known which data they have to be. */
  get isSet(): boolean {
    return this.#origin !== "";
  }

  /** From here on, only data of this origin are good. `snapshotFiles` are those that were taken of them. */
  keepTo(origin: string, snapshotFiles: readonly string[]): void {
    if (this.#origin === "") this.#origin = origin;
    this.#snapshotFiles = snapshotFiles;
  }

  /** Any data are good. */
  release(): void {
    this.#origin = "";
    this.#fault = undefined;
  }

  /** @throws DatabaseReplacedError */
  check({ revision, origin }: Mark): void {
    if (!this.isSet || origin === this.#origin) return;
    throw this.fault(origin === "" && revision === 0 ? "emptied" : "replaced");
  }

  /** Before a change, for which the namespace's row was made where there was none. @throws DatabaseReplacedError */
  checkChange({ revision, origin }: Mark): void {
    if (!this.isSet) return;
    if (origin !== this.#origin) throw this.fault(revision === 0 ? "emptied" : "replaced");
    // The row that tells the origin may be there while others are gone. Where another database was, the right one is back.
    if (this.#fault && arePartlyGone.has(this.#fault.found)) throw this.#fault;
  }

  /** @throws DatabaseReplacedError what was found last, unless the right data were there since */
  checkLast(): void {
    if (this.#fault) throw this.#fault;
  }

  /** Remembers what was found, and gives the error that says so. */
  fault(found: DatabaseLoss): DatabaseReplacedError {
    if (this.#fault?.found !== found) {
      this.#fault = new DatabaseReplacedError(this.#database, found, this.#snapshotFiles);
    }
    return this.#fault;
  }

  /** The right data are there, and whole. */
  confirm(): void {
    this.#fault = undefined;
  }
}
