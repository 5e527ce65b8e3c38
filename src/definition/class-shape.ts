// The only place where definitions need `any`: a constructor's parameters are contravariant, so no
// other type accepts every abstract class.

/** A class that a plugin type may give as its interface. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type InterfaceClass<T> = abstract new (...args: any[]) => T;

/** A function of any signature. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyFunction = (...args: any[]) => unknown;
