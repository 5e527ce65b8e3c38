import { callHook } from "../definition/foreign-code.ts";
import type { Hook, HookedCall } from "../definition/hooks.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import { isThenable } from "../definition/thenable.ts";
import { warn } from "../warn.ts";

/** A call as hooks are told of it, before each gets `data` of its own. */
export type CallTold = Omit<HookedCall, "data"> & { readonly kind: string };

/** How a call ended, as hooks are told of it. */
export type EndTold = { readonly attempts: number; readonly durationMs: number } & (
  | { readonly status: "fulfilled"; readonly item: PluginItem | undefined; readonly value: unknown }
  | { readonly status: "rejected"; readonly item: PluginItem | undefined; readonly error: unknown }
);

interface Place {
  readonly hook: Hook;
  readonly data: Map<unknown, unknown>;
}

/** The hooks of one call. Where none is asynchronous, all of a stage have been called when its function returns. */
export class CallHooks {
  readonly #told: CallTold;
  readonly #first: readonly Place[];
  readonly #last: readonly Place[];

  /** @param hooks in the order of `before` */
  constructor(hooks: readonly Hook[], told: CallTold) {
    this.#told = told;
    this.#first = hooks.map((hook) => ({ hook, data: new Map() }));
    this.#last = this.#first.toReversed();
  }

  /** @throws what one of them throws, or its promise rejects with; those behind it are not called */
  before(): Promise<void> | undefined {
    return this.#stage("before", this.#first, undefined);
  }

  /** As `before`. */
  after(end: EndTold): Promise<void> | undefined {
    return this.#stage("after", this.#last, end);
  }

  /** Tells `error`, where it is one, and `finally`. What they throw ends nothing, and no hook waits for another. */
  over(end: EndTold): void {
    const told = this.#last.map((place) =>
      end.status === "rejected" ? this.#tell(place, "error", end) : undefined,
    );
    for (const [at, place] of this.#last.entries()) {
      const finish = (): unknown => this.#tell(place, "finally", end);
      const error = told[at];
      if (error === undefined) finish();
      else void error.then(finish);
    }
  }

  #tell(place: Place, stage: "error" | "finally", end: EndTold): Promise<unknown> | undefined {
    const failed = (error: unknown): void => warn(`the "${stage}" of a hook threw`, error);
    try {
      const answer = this.#call(place, stage, end);
      return isThenable(answer) ? Promise.resolve(answer).catch(failed) : undefined;
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  #stage(
    stage: "before" | "after",
    [place, ...others]: readonly Place[],
    end: EndTold | undefined,
  ): Promise<void> | undefined {
    if (place === undefined) return undefined;
    const answer = this.#call(place, stage, end);
    if (!isThenable(answer)) return this.#stage(stage, others, end);
    return Promise.resolve(answer).then(() => this.#stage(stage, others, end));
  }

  #call({ hook, data }: Place, stage: keyof Hook, end: EndTold | undefined): unknown {
    return callHook(hook, stage, { ...this.#told, ...end, data });
  }
}
