import type { ItemsDocument } from "../../control/files/items-document.ts";

export const documentFormats = ["yaml", "json"] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** A document as the content of a file. */
export async function formatDocument(document: ItemsDocument, format: DocumentFormat): Promise<string> {
  if (format === "json") return `${JSON.stringify(document, null, 2)}\n`;
  const yaml = await import("../../vendor/yaml.ts");
  // Long texts stay in their lines, and equal configs are written out, so that a diff shows what has changed.
  const written = new yaml.Document(document, { aliasDuplicateObjects: false });
  yaml.visit(written, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === "string" && isBlankLines(scalar.value)) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return written.toString({ lineWidth: 0 });
}

/** yaml 2.9.1 writes these as blocks, which it then reads as other blanks or not at all. */
const isBlankLines = (text: string): boolean => text.includes("\n") && text.trim() === "";
