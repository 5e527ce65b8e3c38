interface Kill {
  readonly mutant: string;
  /** The id of the test. */
  readonly test: string;
  readonly failure: string;
  /** Whether the test did not end, rather than failed. */
  readonly isEndless: boolean;
}

interface TestRun {
  readonly id: string;
  readonly file: string;
  readonly ms: number;
  /** How often it reached each mutant. */
  readonly covers: Readonly<Record<string, number>>;
  readonly failure?: string;
}

type Answer =
  | { readonly test: TestRun }
  | { readonly kill: Kill }
  | { readonly finished: string }
  | { readonly atLoad: Readonly<Record<string, number>> };

export function attemptFile(pid: number): string;
export function addAnswer(answer: Answer): void;

export class Answers {
  readonly tests: ReadonlyMap<string, TestRun>;
  readonly kills: ReadonlyMap<string, Kill>;
  readonly finished: ReadonlySet<string>;
  readonly atLoad: Readonly<Record<string, number>>;
  read(): this;
}
