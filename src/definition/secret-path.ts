/**
 * The paths to the texts in a config, such as `"token"` or `"smtp.password"`: what `secrets` can name.
 * Lists have no paths: a place in a list is no name for what stands there.
 */
export type SecretPath<Input, Depth extends readonly unknown[] = []> = Depth["length"] extends 6
  ? never
  : Input extends readonly unknown[]
    ? never
    : Input extends object
      ? {
          [Key in keyof Input & string]-?: Key extends `${string}.${string}`
            ? never
            : NonNullable<Input[Key]> extends string
              ? Key
              : NonNullable<Input[Key]> extends object
                ? `${Key}.${SecretPath<NonNullable<Input[Key]>, [...Depth, Key]>}`
                : never;
        }[keyof Input & string]
      : never;
