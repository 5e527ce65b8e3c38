import type { DeclaredType } from "./harness/setup.ts";

/** What a version of the application declares in its code. */
export interface Version {
  readonly name: "old" | "new";
  readonly types: readonly DeclaredType[];
}

export const oldVersion: Version = {
  name: "old",
  types: [
    { name: "otp", plugins: [{ name: "sms" }, { name: "mail", priority: 1 }, { name: "fax", priority: 2 }] },
    { name: "pay", plugins: [{ name: "cash" }] },
  ],
};

/**
 * Two plugins, and a type together with its plugin, are renamed; a plugin is gone; a plugin, and a type with
 * one, are new; priorities are others.
 */
export const newVersion: Version = {
  name: "new",
  types: [
    {
      name: "otp",
      plugins: [
        { name: "text", aliases: ["sms"], priority: 4 },
        { name: "post", aliases: ["mail"], priority: 5 },
        { name: "app", priority: -1 },
      ],
    },
    { name: "payment", aliases: ["pay"], plugins: [{ name: "money", aliases: ["cash"] }] },
    { name: "push", plugins: [{ name: "phone" }] },
  ],
};
