import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Check } from "./plugin.ts";
import type { CreateContext } from "./plugin-context.ts";
import type { JsonValue } from "./plugin-item.ts";

/** The options without their type parameters: `definePlugin`'s signature has done its work by then. */
export interface ErasedOptions {
  readonly config?: StandardSchemaV1 | undefined;
  readonly version?: number | undefined;
  readonly secrets?: readonly string[] | undefined;
  readonly addresses?: readonly string[] | undefined;
  readonly migrateConfig?: ((config: JsonValue, fromVersion: number) => unknown) | undefined;
  readonly class?: (new (context: CreateContext<unknown>) => object) | undefined;
  readonly create?: ((context: CreateContext<unknown>) => object | Promise<object>) | undefined;
  readonly check?: Check | undefined;
  readonly dispose?: ((instance: object) => void | Promise<void>) | undefined;
}
