/** A text by the plural category of its `{count}`. */
export type Plural = { readonly [Category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** A text, with the names of what is put into it in braces: `{name}`. */
export type Message = string | Plural;

export type Messages = Readonly<Record<string, Message>>;

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The names that a message wants values for. */
export type ValueNames<M> = M extends string
  ? NamesIn<M>
  : M extends Plural
    ? "count" | NamesIn<M["other"]>
    : never;

/** The same keys in another language, of the same kinds. */
export type Translation<Source extends Messages> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Plural;
};
