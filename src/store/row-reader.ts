import { preview } from "../definition/describe.ts";
import { isName } from "../definition/name.ts";
import type { RowFault } from "./row-fault.ts";
import type { RowFaults } from "./row-faults.ts";
import { asInteger } from "./stored-integer.ts";
import { storedTime } from "./stored-time.ts";

/** What stands for a time that cannot be read, and for nothing else. */
const noTime = "1970-01-01T00:00:00.000Z";

interface Range {
  readonly min: number;
  readonly max: number;
}

/** What comes of a value that cannot be used, what to do about it, and whether the row is out of use for it. */
interface Verdict {
  readonly effect: string;
  readonly fix: string;
  readonly isGrave?: boolean;
}

/**
 * Reads the columns of a table's rows. A person may have edited any of them, and on SQLite a column takes
 * values of any type: what cannot be used costs no more than it must, and is noted. Nothing here throws.
 */
export class RowReader {
  readonly #table: string;
  readonly #faults: RowFaults;
  readonly #aspect: string;
  #id = "";
  #found: RowFault[] = [];
  /** By column, the last time that was read. */
  readonly #lastTimes = new Map<string, string>();

  /** `aspect` keeps apart what several looks at a row find. */
  constructor(table: string, faults: RowFaults, aspect = "") {
    this.#table = table;
    this.#faults = faults;
    this.#aspect = aspect;
  }

  /** The row by its id; `read` reads it by the other methods. */
  row<Row>(id: unknown, read: (id: string) => Row): Row {
    this.#id = asText(id);
    const row = read(this.#id);
    this.#faults.note(this.#table, this.#id, this.#found, this.#aspect);
    if (this.#found.length > 0) this.#found = [];
    return row;
  }

  note(column: string, problem: string, { effect, fix, isGrave = false }: Verdict): void {
    this.#found.push({ table: this.#table, id: this.#id, column, problem, effect, fix, isGrave });
  }

  text(column: string, value: unknown): string {
    if (typeof value === "string") return value;
    const text = asText(value);
    this.note(column, `${shown(value)} is not text`, {
      effect: `it counts as ${preview(text)}`,
      fix: "set it to a text",
    });
    return text;
  }

  /** A name as code can have it: others are kept, and match nothing. */
  name(column: string, value: unknown, subject: string): string {
    const text = this.text(column, value);
    if (isName(text)) return text;
    const effect = `it is not a ${subject} that code can have`;
    this.note(column, `${preview(text)} is not a valid name`, {
      effect,
      fix: "set it to the name that the code has",
      isGrave: true,
    });
    return text;
  }

  label(column: string, value: unknown): string {
    const text = this.text(column, value);
    if (text !== "" && !isName(text)) {
      const effect = "it can be found by the item's id alone";
      this.note(column, `${preview(text)} is not a valid label`, {
        effect,
        fix: "set it to one without blanks at its ends",
      });
    }
    return text;
  }

  /** `instead` stands for what is no integer in the range. */
  integer(column: string, value: unknown, { min, max }: Range, instead: number): number {
    const integer = asInteger(value);
    if (integer !== undefined && integer >= min && integer <= max) return integer;
    this.note(column, `${shown(value)} is not an integer from ${min} to ${max}`, {
      effect: `it counts as ${instead}`,
      fix: "set it to such an integer",
    });
    return instead;
  }

  /** The nearest number of the range; its end where there is none to be near to. */
  nearest(column: string, value: unknown, { min, max }: Range): number {
    const integer = asInteger(value);
    if (integer !== undefined && integer >= min && integer <= max) return integer;
    const number = typeof value === "string" || value === null ? Number.NaN : Number(value);
    const nearest = Number.isNaN(number) ? max : Math.trunc(Math.min(Math.max(number, min), max));
    this.note(column, `${shown(value)} is not an integer from ${min} to ${max}`, {
      effect: `it counts as ${nearest}`,
      fix: "set it to such an integer",
    });
    return nearest;
  }

  /** `instead` stands for another word. */
  word<Word extends string, Instead extends Word | null>(
    column: string,
    value: unknown,
    words: readonly Word[],
    instead: Instead,
    verdict: Pick<Verdict, "effect" | "isGrave">,
  ): Word | Instead {
    const word = words.find((one) => one === value);
    if (word !== undefined) return word;
    const fix = `set it to ${words.join(" or ")}`;
    this.note(column, `${shown(value)} is not one of ${words.join(", ")}`, { ...verdict, fix });
    return instead;
  }

  time(column: string, value: unknown, instead = noTime): string {
    // Rows that were written together have the same, and are to share one string.
    const last = this.#lastTimes.get(column);
    if (last !== undefined && value === last) return last;
    if (value === instead) return instead;
    const time = storedTime(value);
    if (time === undefined) {
      this.note(column, `${shown(value)} is not a time`, {
        effect: `it counts as ${instead}`,
        fix: "set it to a time such as 2026-11-27T08:00:00.000Z",
      });
      return instead;
    }
    if (time === value) this.#lastTimes.set(column, time);
    return time;
  }
}

/** What a text column has, whatever that is: on SQLite it may be bytes. */
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
}

/** A value as it may stand in a message. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  return value instanceof Uint8Array ? "a BLOB" : preview(value);
}
