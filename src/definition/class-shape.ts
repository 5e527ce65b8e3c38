// The only place where definitions need `any`: a constructor's parameters are contravariant, so no
// other type accepts every abstract class.

/** A class whose constructor is public, abstract or not. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type PublicClass<T> = abstract new (...args: any[]) => T;

/** A class that a plugin type may give as its interface, also one whose constructor is protected. */
export type InterfaceClass<T> =
  | PublicClass<T>
  | {
      /** The class's name, for messages. */
      readonly name: string;
      /** What instances inherit from. */
      readonly prototype: T;
    };

/** A function of any signature. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyFunction = (...args: any[]) => unknown;
