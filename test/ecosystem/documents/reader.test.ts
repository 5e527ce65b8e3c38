import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { freshPostgres } from "../../servers/databases.ts";
import { freePort } from "../../servers/free-port.ts";
import { canInstallPackages, installPackages } from "../../servers/install-packages.ts";
import type { Block } from "./blocks.ts";
import { filesOf, readDocument } from "./read-document.ts";
import { printedBy, type Script, scriptOf } from "./scripted.ts";
import { openServer } from "./server.ts";
import { Terminal } from "./terminal.ts";

// One reader, who goes on from the quick start to other pages in the same folder, with npm 10.8.

const readme = "README.md";
const api = await readDocument("docs/api.md");
const postgresUrl = inject("postgresUrl");
const trouble = /npm (warn|error)|Warning|edgesOut/i;

/** The pages' examples use these, by their Debian packages. Where they cannot be had, only CI fails. */
const tools = { curl: "curl", jq: "jq", script: "bsdutils" };
const missing = Object.entries(tools).flatMap(([program, name]) => (isInstalled(program) ? [] : [name]));
if (missing.length > 0 && canInstallPackages()) await installPackages(missing);
const hasTools = process.env.CI === "true" || Object.keys(tools).every(isInstalled);

let terminal: Terminal;

beforeAll(async () => {
  terminal = await Terminal.open("10.8.2");
});

afterAll(() => terminal[Symbol.asyncDispose]());

test("a reader who does what the quick start says, in an empty folder, sees what it says", async () => {
  const steps = (await readDocument(readme)).filter(({ section }) => section === "Quick start");
  for (const [at, { file, language, text }] of steps.entries()) {
    if (file !== undefined) await terminal.save(file, text);
    if (language === "sh") await typeAll(text, steps[at + 1]);
  }

  // "run it again, and all three go by mail"
  const again = await succeed("npx tsx main.ts");
  expect(again.match(/^Mail/gm)).toHaveLength(3);

  for (const [file, text] of Object.entries(await filesOf(readme))) await terminal.save(file, text);
  await succeed("npx tsc --noEmit");
});

test.skipIf(!hasTools)("the session with curl of docs/api.md goes as it is shown", async () => {
  for (const [file, text] of Object.entries(await filesOf("docs/api.md"))) await terminal.save(file, text);
  await using server = await openServer(terminal.folder, "api-server.ts");
  const session = scriptOf(api, ({ note }) => note === undefined);
  await expectShown(session, (text) => text.replaceAll("3000", String(server.port)));
  await succeed(api.find(({ note }) => note === "once")?.text ?? "");
  expect(await succeed("cat panel-api.d.ts")).toContain('"/items/{itemId}"');
});

test.skipIf(!hasTools || postgresUrl === null)(
  "the recipe of docs/serve.md works on an empty PostgreSQL, and its panel has the API of docs/api.md",
  async () => {
    const database = await freshPostgres(postgresUrl ?? "");
    const port = String(await freePort());
    const [config, commands] = await readDocument("docs/serve.md");
    await terminal.save(`${config?.file}`, `${config?.text}`);
    const recipe = replaceOnce(`${commands?.text}`, /postgres:\/\/\S+/, database.url);
    const password = "correct horse battery";
    {
      await using conversation = terminal.begin(
        replaceOnce(recipe, "npx plugbay serve", `npx plugbay serve --port ${port}`),
      );
      for (const question of ["Password: ", "Repeat the password: "]) {
        await conversation.hear(question);
        conversation.answer(password);
      }
      await conversation.hear(`The panel is at http://127.0.0.1:${port}/`);
      expect(conversation.printed).not.toMatch(trouble);
      const signIn = scriptOf(api, ({ note }) => note === "serve");
      await expectShown(signIn, (text) => text.replaceAll("4100", port), { PASSWORD: password });
    }
    await database.drop();
  },
);

/** Types the lines of a block; where one without a language follows, that is what they print. */
async function typeAll(lines: string, next: Block | undefined): Promise<void> {
  let printed = "";
  for (const line of lines.trim().split("\n")) printed += await succeed(line);
  if (next?.language === "") expect(printed).toBe(next.text);
}

async function expectShown(
  script: Script,
  adapt: (text: string) => string,
  env?: NodeJS.ProcessEnv,
): Promise<void> {
  expect(printedBy(await succeed(adapt(script.text), env))).toEqual(script.shown);
}

async function succeed(line: string, env?: NodeJS.ProcessEnv): Promise<string> {
  const { code, stdout, stderr } = await terminal.type(line, env);
  expect(code, `${line}\n${stdout}${stderr}`).toBe(0);
  expect(stderr, line).not.toMatch(trouble);
  return stdout;
}

/** @throws where the page no longer says what this stands for */
function replaceOnce(text: string, old: string | RegExp, replacement: string): string {
  if (text.split(old).length !== 2) throw new Error(`${old} is not once in:\n${text}`);
  return text.replace(old, replacement);
}

function isInstalled(program: string): boolean {
  try {
    execFileSync("which", [program]);
    return true;
  } catch {
    return false;
  }
}
