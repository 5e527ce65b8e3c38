import { beforeAll, expect, test } from "vitest";
import type { Block } from "./blocks.ts";
import { filesOf, readDocument } from "./read-document.ts";
import { Terminal } from "./terminal.ts";

const readme = "README.md";
let steps: Block[];

beforeAll(async () => {
  steps = (await readDocument(readme)).filter(({ section }) => section === "Quick start");
});

test("a reader who does what the quick start says, in an empty folder with npm 10.8, sees what it says", async () => {
  await using terminal = await Terminal.open("10.8.2");
  for (const [at, { file, language, text }] of steps.entries()) {
    if (file !== undefined) await terminal.save(file, text);
    if (language === "sh") await typeAll(terminal, text, steps[at + 1]);
  }

  // "run it again, and all three go by mail"
  const again = await succeed(terminal, "npx tsx main.ts");
  expect(again.match(/^Mail/gm)).toHaveLength(3);

  for (const [file, text] of Object.entries(await filesOf(readme))) await terminal.save(file, text);
  await succeed(terminal, "npx tsc --noEmit");
});

/** Types the lines of a block; where one without a language follows, that is what they print. */
async function typeAll(terminal: Terminal, lines: string, next: Block | undefined): Promise<void> {
  let printed = "";
  for (const line of lines.trim().split("\n")) printed += await succeed(terminal, line);
  if (next?.language === "") expect(printed).toBe(next.text);
}

async function succeed(terminal: Terminal, line: string): Promise<string> {
  const { code, stdout, stderr } = await terminal.type(line);
  expect(code, `${line}\n${stdout}${stderr}`).toBe(0);
  expect(stderr, line).not.toMatch(/npm (warn|error)|Warning|edgesOut/);
  return stdout;
}
