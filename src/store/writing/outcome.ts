/** What became of a transaction. */
export type Outcome<T> =
  | { readonly kind: "committed"; readonly value: T }
  /** Nothing of it is there. The error is the first one. */
  | { readonly kind: "failed"; readonly error: unknown }
  /** It was told to commit, and did not say that it has: it may be there, or may still be on its way. */
  | { readonly kind: "unknown"; readonly value: T; readonly error: unknown };
