import type { Context, Span, Tracer } from "@opentelemetry/api";
import type { AttemptSight, CallSight, CallWatcher, WatchedCall, WatchedEnd } from "../calling/watchers.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Plugbay } from "../plugbay.ts";
import { messageOf } from "../thrown.ts";
import { errorType, itemAttributes, typeAttributes, wordOf } from "./attributes.ts";
import type { Api } from "./load-api.ts";

/** A span for each run, and one below it for each attempt. */
export class SpanWatcher implements CallWatcher {
  readonly isWatching = true;
  readonly #api: Api;
  readonly #tracer: Tracer;
  readonly #plugbay: Plugbay;

  constructor(api: Api, tracer: Tracer, plugbay: Plugbay) {
    this.#api = api;
    this.#tracer = tracer;
    this.#plugbay = plugbay;
  }

  begin(call: WatchedCall): CallSight {
    const { context, trace } = this.#api;
    const parent = context.active();
    const span = this.#start(`plugbay.run ${call.type.name}`, call, parent);
    span.setAttribute("plugbay.run.kind", call.kind);
    if (call.method !== undefined) span.setAttribute("plugbay.method", call.method);
    const inside = trace.setSpan(parent, span);
    return {
      within: (begin) => context.with(inside, begin),
      attempt: (item, attempt) => this.#attempt(call, inside, item, attempt),
      ended: (end) => this.#ended(span, end),
    };
  }

  #attempt(call: WatchedCall, run: Context, item: PluginItem, attempt: number): AttemptSight {
    const { context, trace } = this.#api;
    const span = this.#start("plugbay.attempt", call, run);
    span.setAttributes({ ...itemAttributes(item), "plugbay.attempt": attempt, "plugbay.item.id": item.id });
    return {
      // What is active beside the span, such as baggage, is that of the place where the task begins.
      within: (begin) => context.with(trace.setSpan(context.active(), span), begin),
      ended: ({ outcome, error }) => {
        span.setAttribute("plugbay.outcome", wordOf(outcome));
        if (outcome !== "success" && outcome !== "aborted") this.#fail(span, error);
        span.end();
      },
    };
  }

  #ended(span: Span, { item, attempts, failure }: WatchedEnd): void {
    if (item) span.setAttributes(itemAttributes(item));
    span.setAttribute("plugbay.run.attempts", attempts);
    if (failure) this.#fail(span, failure.error);
    span.end();
  }

  #fail(span: Span, error: unknown): void {
    span.setAttribute("error.type", errorType(error));
    span.setStatus({ code: this.#api.SpanStatusCode.ERROR, message: messageOf(error) });
  }

  #start(name: string, { type, runId }: WatchedCall, parent: Context): Span {
    const { namespace, state } = this.#plugbay;
    const version = state.kind === "closed" ? {} : { "feature_flag.version": String(state.revision) };
    const attributes = { ...typeAttributes(type, namespace), "plugbay.run.id": runId, ...version };
    return this.#tracer.startSpan(name, { kind: this.#api.SpanKind.INTERNAL, attributes }, parent);
  }
}
