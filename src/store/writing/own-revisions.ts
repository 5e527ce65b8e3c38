/** More than there can be on their way to the database at once, and back from it. */
const most = 100;

/** What this process told the others last, such as the ids of revisions, by which it knows its own news. */
export class OwnRevisions {
  readonly #ids: string[] = [];

  add(revisionId: string): void {
    this.#ids.push(revisionId);
    if (this.#ids.length > most) this.#ids.shift();
  }

  has(revisionId: string): boolean {
    return this.#ids.includes(revisionId);
  }
}
