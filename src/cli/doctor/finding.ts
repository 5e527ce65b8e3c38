/** One thing that doctor found out. */
export type Finding =
  | { readonly level: "ok"; readonly message: string }
  | { readonly level: "warning" | "problem"; readonly message: string; readonly fix: string };

export const ok = (message: string): Finding => ({ level: "ok", message });

/** Works, but may not be what was meant. */
export const warning = (message: string, fix: string): Finding => ({ level: "warning", message, fix });

/** Does not work. */
export const problem = (message: string, fix: string): Finding => ({ level: "problem", message, fix });
