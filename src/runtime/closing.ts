/** Tells runs that nobody waits for them any longer. No signal: Node warns of more than ten listeners of one. */
export class Closing {
  readonly listeners = new Set<() => void>();
  hasBegun = false;

  begin(): void {
    this.hasBegun = true;
    for (const listener of this.listeners) listener();
  }
}
