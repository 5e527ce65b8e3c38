import { HttpProblem } from "./problems/http-problem.ts";

/** A browser needs one. */
const mostOfActor = 10;

/** An open stream costs a connection, and is told of every change. */
const mostOfAll = 1_000;

const retryAfterSeconds = 15;

/** Who has event streams open: each caller some, and all of them together no more than a process can bear. */
export class EventPlaces {
  readonly #byActor = new Map<string, number>();
  #taken = 0;

  /** @throws HttpProblem where `actor` has enough of them (429), or all callers have (503) */
  check(actor: string): void {
    if (this.#of(actor) >= mostOfActor) {
      throw refusal(429, `${mostOfActor} event streams are open for you already`);
    }
    if (this.#taken >= mostOfAll) {
      throw refusal(503, "this process has as many event streams open as it takes");
    }
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
}

const refusal = (status: number, detail: string): HttpProblem =>
  new HttpProblem(status, "TOO_MANY_STREAMS", detail, {
    headers: { "retry-after": String(retryAfterSeconds) },
  });
