import type { JsonValue } from "./plugin-item.ts";

/**
 * A config as it is handed in: what JSON has, also where an interface declares it. What JSON never has is refused by the
 * compiler: functions, promises, dates, maps and the like.
 */
export type ConfigValue =
  | JsonValue
  | (object & {
      readonly [Symbol.toStringTag]?: never;
      readonly [Symbol.toPrimitive]?: never;
      readonly [Symbol.hasInstance]?: never;
    });

/**
 * The field `config` for a plugin whose schema takes Input, which may be left out where the schema takes `{}`. None is
 * for a plugin without a schema; where the schema is not known, any config will do.
 */
export type ConfigField<Input, None> = unknown extends Input
  ? { readonly config?: ConfigValue | undefined }
  : [Input] extends [never]
    ? None
    : Record<never, never> extends Input
      ? { readonly config?: Input | undefined }
      : { readonly config: Input };
