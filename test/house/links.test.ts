import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const documents = [
  ...["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  ...(await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
];

test.each(documents)("the links of %s lead somewhere", async (document) => {
  const markdown = await readFile(join(root, document), "utf8");
  const links = [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  for (const link of links.filter((target) => !target.includes("://"))) {
    const [path = "", section] = link.split("#");
    const text = await readFile(join(root, path === "" ? document : join(dirname(document), path)), "utf8");
    if (section !== undefined) expect(headings(text), link).toContain(section);
  }
});

/** As GitHub names them in addresses. */
const headings = (markdown: string): string[] =>
  [...markdown.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
