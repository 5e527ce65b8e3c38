/** The paths to the texts in a config, such as `"token"` or `"smtp.password"`: what `secrets` can name. */
export type SecretPath<Input> = FieldPath<Input, string>;

/** The paths to what may be an address in a config, such as `"url"` or `"smtp.port"`: what `addresses` can name. */
export type AddressPath<Input> = FieldPath<Input, string | number | readonly unknown[]>;

/** The paths to such values. Lists have none: a place in a list is no name for what stands there. */
type FieldPath<Input, Value, Depth extends readonly unknown[] = []> = Depth["length"] extends 6
  ? never
  : Input extends readonly unknown[]
    ? never
    : Input extends object
      ? {
          [Key in keyof Input & string]-?: Key extends `${string}.${string}`
            ? never
            : NonNullable<Input[Key]> extends Value
              ? Key
              : NonNullable<Input[Key]> extends object
                ? `${Key}.${FieldPath<NonNullable<Input[Key]>, Value, [...Depth, Key]>}`
                : never;
        }[keyof Input & string]
      : never;
