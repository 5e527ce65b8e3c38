import { inspect, isDeepStrictEqual } from "node:util";

/** Something that was looked at, and whether it was right. */
export interface Check {
  readonly what: string;
  readonly holds: boolean;
  /** What was found, and where that is wrong what should have been. */
  readonly found: string;
}

/** What a scenario looks at: what the caller got, and what the providers saw. */
export class Checks {
  readonly all: Check[] = [];

  equal(what: string, found: unknown, wanted: unknown): void {
    this.#note(what, isDeepStrictEqual(found, wanted), show(found), show(wanted));
  }

  between(what: string, found: number, lowest: number, highest: number): void {
    this.#note(what, found >= lowest && found <= highest, show(found), `${lowest} to ${highest}`);
  }

  that(what: string, holds: boolean, found: unknown): void {
    this.#note(what, holds, show(found));
  }

  get verdict(): Verdict {
    const right = this.all.filter(({ holds }) => holds).length;
    if (right === this.all.length && right > 0) return "pass";
    return right === 0 ? "fail" : "partly";
  }

  #note(what: string, holds: boolean, found: string, wanted?: string): void {
    this.all.push({ what, holds, found: holds || wanted === undefined ? found : `${found}, not ${wanted}` });
  }
}

export type Verdict = "pass" | "partly" | "fail";

const show = (value: unknown): string => inspect(value, { depth: 2, breakLength: Number.POSITIVE_INFINITY });
