/** What a test holds others back with. */
export class Gate {
  open: () => void = () => undefined;
  /** Resolves when the gate is opened. */
  readonly passed = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}
