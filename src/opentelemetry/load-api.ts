import { propertyOf } from "../thrown.ts";
import { TelemetryApiMissingError } from "./errors.ts";

/** What is used of the package. */
export type Api = Pick<
  typeof import("@opentelemetry/api"),
  "context" | "metrics" | "SpanKind" | "SpanStatusCode" | "trace"
>;

/** Looked for when it is asked for: plugbay is installed, and loaded, without it. @throws TelemetryApiMissingError */
export async function loadApi(): Promise<Api> {
  try {
    const loaded: Api = await import(/* turbopackOptional: true */ "@opentelemetry/api");
    // Loaded by a `require`, a module may be the default export of what stands for it.
    const inner = propertyOf(loaded, "default");
    return loaded.trace === undefined && inner !== undefined ? (inner as Api) : loaded;
  } catch (error) {
    throw new TelemetryApiMissingError(error);
  }
}
