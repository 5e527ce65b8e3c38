import type { Text } from "../../i18n/use-text.ts";

const known = [
  "manager",
  "module",
  "name",
  "label",
  "status",
  "priority",
  "description",
  "config",
  "configVersion",
  "managed",
  "hold",
  "lead",
  "retiredAt",
  "retiredBy",
] as const;

/** A field of the history in the panel's language; one that a newer server knows stays as it is. */
export function fieldName(field: string, text: Text): string {
  const key = known.find((name) => name === field);
  return key === undefined ? field : text(`history.fieldName.${key}`);
}
