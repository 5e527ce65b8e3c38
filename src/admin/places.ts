import { HttpProblem } from "./problems/http-problem.ts";

interface PlacesOptions {
  /** How many there are for one caller, and for all of them together. */
  readonly ofActor: number;
  readonly ofAll: number;
  /** What they are taken by, such as "event streams are open". */
  readonly what: string;
  /** Of the problem that tells of none being left. */
  readonly code: string;
  readonly retryAfterSeconds: number;
}

/** Who has something open: each caller some, and all of them together no more than a process can bear. */
export class Places {
  readonly #options: PlacesOptions;
  readonly #byActor = new Map<string, number>();
  #taken = 0;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /** @throws HttpProblem where `actor` has enough of them (429), or all callers have (503) */
  check(actor: string): void {
    const { ofActor, ofAll, what } = this.#options;
    if (this.#of(actor) >= ofActor) throw this.#refusal(429, `${ofActor} ${what} for you already`);
    if (this.#taken >= ofAll) throw this.#refusal(503, `as many ${what} as this process takes`);
  }

  /** Takes a place; returns what gives it back. @throws HttpProblem as `check` */
  take(actor: string): () => void {
    this.check(actor);
    this.#add(actor, 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.#add(actor, -1);
      isTaken = false;
    };
  }

  #of(actor: string): number {
    return this.#byActor.get(actor) ?? 0;
  }

  #add(actor: string, change: 1 | -1): void {
    this.#taken += change;
    const count = this.#of(actor) + change;
    if (count === 0) this.#byActor.delete(actor);
    else this.#byActor.set(actor, count);
  }

  #refusal(status: number, detail: string): HttpProblem {
    const { code, retryAfterSeconds } = this.#options;
    return new HttpProblem(status, code, detail, { headers: { "retry-after": String(retryAfterSeconds) } });
  }
}

/** A browser needs one. An open stream costs a connection, and is told of every change. */
export const streamPlaces = (): Places =>
  new Places({
    ...{ ofActor: 10, ofAll: 1_000, retryAfterSeconds: 15 },
    ...{ what: "event streams are open", code: "TOO_MANY_STREAMS" },
  });

/** A check calls a provider, for as long as that takes. */
export const checkPlaces = (): Places =>
  new Places({
    ...{ ofActor: 4, ofAll: 64, retryAfterSeconds: 1 },
    ...{ what: "checks are running", code: "TOO_MANY_CHECKS" },
  });
