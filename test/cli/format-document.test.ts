import { expect, test } from "vitest";
import { documentFormats, formatDocument } from "../../src/cli/items-file/format-document.ts";
import { parseDocument } from "../../src/cli/items-file/parse-document.ts";

/** All texts of up to `length` of these characters. */
function textsOf(characters: readonly string[], length: number): string[] {
  if (length === 0) return [""];
  const shorter = textsOf(characters, length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return [...shorter, ...longest.flatMap((text) => characters.map((character) => text + character))];
}

test.each(documentFormats)(
  "blanks and signs of YAML are read from %s as they were written",
  async (format) => {
    const texts = textsOf([" ", "\n", "\t", "a", "#", "-"], 4);
    const items = texts.map((description) => ({
      ...({ module: "apps/mail", name: "smtp", status: "active", priority: 0, description } as const),
      config: { [`${description}.`]: [description] },
    }));
    const document = { plugbay: 1 as const, types: [{ manager: "apps/otp", name: "otp", items }] };
    const { value } = await parseDocument(await formatDocument(document, format), "items");
    expect(value).toEqual(document);
  },
);
