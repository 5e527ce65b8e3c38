import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What operators were told once, and is said otherwise now. */
const oldWords: readonly RegExp[] = [
  // It is "Not served": an item serves, not somebody.
  /\bnobody (else )?serves\b/i,
  // It is "Polling".
  /\basking again and again\b/i,
  // It is "This panel's process".
  /\banswers you\b/i,
  // As the whole of a badge, which is "Retired". A reason is a sentence, and has a full stop.
  /^retired: not used$/i,
];

/** The texts of a file: its strings, the parts of its templates, and what stands between tags. No comments. */
function textsOf(name: string, code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    else if (ts.isJsxText(node)) texts.push(node.text.replace(/\s+/g, " ").trim());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, code, ts.ScriptTarget.Latest, true));
  return texts;
}

const oldTextsOf = (name: string, code: string): string[] =>
  textsOf(name, code).filter((text) => oldWords.some((words) => words.test(text)));

describe.each(["src", "ui/src"])("the texts in %s", (folder) => {
  const files = ts.sys
    .readDirectory(`${root}${folder}`, [".ts", ".tsx"])
    .filter((file) => !file.endsWith("generated.ts"));

  test("have words that are in use, and none that they had before", () => {
    const read = files.map((file) => [file.slice(root.length), readFileSync(file, "utf8")] as const);
    expect(read.flatMap(([file, code]) => textsOf(file, code)).length).toBeGreaterThan(1_000);
    const found = read.flatMap(([file, code]) => oldTextsOf(file, code).map((text) => `${file}: ${text}`));
    expect(found).toEqual([]);
  });
});

test.each([
  ["a string", 'const text = "Nobody serves plugin type";', ["Nobody serves plugin type"]],
  ["a template", `throw new Error(\`nobody serves \${type} of \${manager}\`);`, ["nobody serves "]],
  ["a template's end", `const text = \`\${host} answers you\`;`, [" answers you"]],
  [
    "an element",
    "const page = <p>\n  Asking again\n  and again\n  <b>{name}</b></p>;",
    ["Asking again and again"],
  ],
  ["a badge", 'const text = "Retired: not used";', ["Retired: not used"]],
  ["no reason", 'const text = "Retired: not used.";', []],
  ["no comment", "// Nobody serves it.\nconst text = 1;", []],
])("old words are found in %s", (_, code, wanted) => {
  expect(oldTextsOf("page.tsx", code)).toEqual(wanted);
});
