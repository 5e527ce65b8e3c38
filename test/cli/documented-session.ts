import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OpenOptions, Plugbay } from "plugbay";
import { expect } from "vitest";
import { loadSqliteDriver } from "../../src/store/sqlite/load-driver.ts";
import { blocksOf } from "../ecosystem/documents/blocks.ts";
import { documented } from "./fixtures/documented.ts";
import type { Outcome } from "./outcome.ts";
import { pipeToCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

const page = await readFile(new URL("../../docs/cli.md", import.meta.url), "utf8");

interface Step {
  readonly words: readonly string[];
  /** What is shown to be printed; empty where the page leaves it out. */
  readonly shown: string;
}

/** Ends with 2. */
const missing: Step = { words: ["no such step"], shown: "" };

/** The commands of docs/cli.md below a heading, in the order in which they stand there. */
export function stepsOf(section: string): Step[] {
  const sessions = blocksOf(page).filter((block) => block.section === section && block.text.startsWith("$ "));
  return sessions.flatMap(({ text }) =>
    text
      .split(/^\$ npx plugbay /m)
      .slice(1)
      .map((step) => {
        const [line = "", ...printed] = step.split("\n");
        return { words: wordsOf(line), shown: printed.join("\n") };
      }),
  );
}

/** What a block of a section shows that begins so and is no session. */
export const shownIn = (section: string, beginning: string): string | undefined =>
  blocksOf(page).find((block) => block.section === section && block.text.startsWith(beginning))?.text;

/** All headings with a session. */
export const sections = [
  ...new Set(
    blocksOf(page)
      .filter(({ text }) => text.startsWith("$ "))
      .map(({ section }) => section),
  ),
];

/** What the application's code has. */
type Code = keyof typeof documented;

/** An operator's folder, with an application's code and a database. */
export class Stage {
  readonly folder: string;
  /** The ids that there are, by those of the page. */
  readonly #ids = new Map<string, string>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** With the tables, unless the application has not been migrated. */
  static async of(code: Code, options: { readonly migrated?: false } = {}): Promise<Stage> {
    const stage = new Stage(await makeFolder());
    await stage.deploy(code);
    if (options.migrated !== false) await stage.run(["migrate"]);
    return stage;
  }

  /** In a folder that has nothing yet. */
  static async empty(): Promise<Stage> {
    return new Stage(await makeFolder());
  }

  deploy(code: Code): Promise<void> {
    const path = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));
    return this.save(
      "plugbay.config.ts",
      `import { sqlite } from ${path("../../src/store/sqlite/index.ts")};
       import { documented } from ${path("./fixtures/documented.ts")};
       export default { database: sqlite("app.db"), plugins: documented.${code} };`,
    );
  }

  async save(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, file)), { recursive: true });
    await writeFile(join(this.folder, file), text);
  }

  /** The application itself. */
  application(code: Code, options?: Pick<OpenOptions, "heartbeatMs" | "version">): Promise<Plugbay> {
    return openIn(this.folder, documented[code], options);
  }

  /** Writes into the database of an application in Django. */
  writeDjango(statement: string): Promise<void> {
    return this.write(statement, "db.sqlite3");
  }

  /** Writes into the database by hand. */
  async write(statement: string, file = "app.db"): Promise<void> {
    const Driver = await loadSqliteDriver();
    const db = new Driver(join(this.folder, file));
    db.exec(statement);
    db.close();
  }

  /** Has an id of the page stand for the item of that label. */
  async stand(id: string, label: string): Promise<void> {
    const { stdout } = await this.run(["list", "--json"]);
    const { items } = JSON.parse(stdout) as { items: { id: string; label: string }[] };
    this.#ids.set(id, items.find((item) => item.label === label)?.id ?? "");
  }

  async run(words: readonly string[], typed = ""): Promise<Outcome> {
    const at = words.indexOf("<");
    const input = at < 0 ? typed : await readFile(join(this.folder, words[at + 1] ?? ""), "utf8");
    const operands = (at < 0 ? words : words.slice(0, at)).map((word) => this.#ids.get(word) ?? word);
    return pipeToCli(input, this.folder, ...operands);
  }

  /**
   * Types a command of the page, and expects that it prints what is shown. What is asked on a terminal is allowed
   * beforehand, and its question is left out.
   */
  async expectShown({ words, shown }: Step = missing, code = 0): Promise<void> {
    const isAsked = shown.includes(" [y/N]");
    const outcome = await this.run(isAsked ? [...words, "--yes"] : words);
    const { stdout, stderr } = outcome;
    expect(outcome, words.join(" ")).toMatchObject({ code });
    if (shown === "") return expect(stderr).toBe("");
    const [told, done = ""] = shown.split(/^.* \[y\/N\].*\n/m);
    const expected = plain(`${told}${done}`);
    const printed = plain(stderr + stdout);
    // A question that is left open is the end of what is shown.
    expect(isAsked && done === "" ? printed.slice(0, expected.length) : printed).toBe(expected);
  }

  async expectAllShown(section: string): Promise<void> {
    for (const step of stepsOf(section)) await this.expectShown(step);
  }
}

/** Without what is another one each time. */
function plain(text: string): string {
  return text
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "ID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(`${hostname()}:${process.pid}`, "web-1:4021")
    .replace(/\(\d+ ms\)/g, "(MS)")
    .replace(/\bk\d{8}-[\da-f]{4}:\S+/g, "KEY")
    .replace(/\bsecret [\da-f]{8}\b/g, "secret DIGEST")
    .replace(/\d+ s ago */g, "AGO  ")
    .replace(/SEEN +/, "SEEN  ")
    .replace(/ +$/gm, "");
}

/** As a shell takes them apart. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? "");
