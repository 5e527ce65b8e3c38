import type { ItemExplanation, Plugbay, Policy, RunOptions } from "plugbay";
import type { Question } from "./chat/chat-model.ts";
import type { Checks } from "./checks.ts";
import type { Answer, Provider } from "./provider/provider.ts";

/** A fault of a provider, and what has to come of it. */
export interface Scenario {
  readonly name: string;
  /** What is right, in a sentence. */
  readonly right: string;
  /** How calls of the type go, beside what `defineChat` says. */
  readonly policy?: Policy;
  /** How the provider that comes first answers. */
  readonly first: Answer;
  /** Default: it answers well. */
  readonly second?: Answer;
  act(stage: Stage): Promise<void>;
}

/** Two providers, and an application that would rather have the first. */
export interface Stage {
  readonly plugbay: Plugbay;
  readonly first: Provider;
  readonly second: Provider;
  readonly check: Checks;
  /** Asks, and collects what is streamed until it ends or throws. */
  ask(question: string | Question, options?: RunOptions<[]>): Promise<Told>;
  /** Why the first, or the second, serves or does not. */
  explain(name: "first" | "second"): ItemExplanation | undefined;
}

/** What a caller got. */
export interface Told {
  readonly parts: readonly string[];
  readonly text: string;
  /** undefined where the answer is complete. */
  readonly error: unknown;
  readonly tookMs: number;
}

export const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;
