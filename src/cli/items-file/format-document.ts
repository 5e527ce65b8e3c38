import type { ItemsDocument } from "../../control/items-file/items-document.ts";

export const documentFormats = ["yaml", "json"] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** A document as the content of a file. */
export async function formatDocument(document: ItemsDocument, format: DocumentFormat): Promise<string> {
  if (format === "json") return `${JSON.stringify(document, null, 2)}\n`;
  const { stringify } = await import("../../vendor/yaml.ts");
  // Long texts stay in their lines, and equal configs are written out, so that a diff shows what has changed.
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}
