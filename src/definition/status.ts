/** What the operator wants of an item, in the order in which items are listed. */
export const statuses = ["active", "reserve", "disable"] as const;

/** `active`, `reserve` (used only when no active item can serve) or `disable`. */
export type Status = (typeof statuses)[number];
