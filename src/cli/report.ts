import { harmless } from "../harmless-text.ts";
import { writeOutput } from "./output.ts";
import { shown } from "./shown-text.ts";

/** What a command has to say: `json` to scripts, `text` to people. */
export interface Report {
  readonly json: unknown;
  readonly text: string;
  /** Default 0. */
  readonly exitCode?: number;
}

export function print({ json, text, exitCode = 0 }: Report, asJson: boolean): void {
  writeOutput(`${asJson ? harmless(JSON.stringify(json, null, 2)) : shown(text)}\n`);
  process.exitCode = exitCode;
}
