import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { pages, sidebar } from "../../docs/.vitepress/config.ts";
import { siteLink, writeSiteLinks } from "../../docs/.vitepress/repository-links.ts";
import { entries } from "./entries.ts";

const root = join(import.meta.dirname, "../..");

describe("the documentation's site", () => {
  test("has every document in its sidebar, once, and nothing else", async () => {
    const names = (await readdir(join(root, "docs"))).filter((name) => name.endsWith(".md"));
    const wanted = [...names, "index.md", "changelog.md", "contributing.md", "security.md"];
    expect(Object.values(pages).sort()).toEqual(wanted.sort());
    const linked = sidebar.flatMap(({ items }) =>
      items.flatMap((item) => ("link" in item ? [`${item.link.slice(1) || "index"}.md`] : [])),
    );
    expect(linked.sort()).toEqual(wanted.sort());
  });

  test("has the names that each entry point exports in its sidebar", () => {
    const groups = sidebar.flatMap(({ items }) =>
      items.flatMap((item) => ("items" in item ? item.items : [])),
    );
    expect(groups.map(({ text, link }) => [text, link])).toEqual(
      entries.map(({ entry }) => {
        const name = `plugbay${entry.slice(1)}`;
        return [name, `/reference/${name}/`];
      }),
    );
  });
});

describe("a link of a document", () => {
  test.each([
    ["calls.md#policy", "docs/errors.md", "/calls.md#policy"],
    ["../README.md#quick-start", "docs/serve.md", "/index.md#quick-start"],
    ["docs/calls.md", "README.md", "/calls.md"],
    ["../SECURITY.md", "docs/securing-the-panel.md", "/security.md"],
    ["../knip.json", "docs/cli.md", "https://github.com/plugbay/plugbay/blob/main/knip.json"],
    ["#kinds", "docs/errors.md", "#kinds"],
    ["https://example.com/a.md", "docs/errors.md", "https://example.com/a.md"],
  ])("%s of %s leads to %s on the site", (link, file, wanted) => {
    expect(siteLink(link, file, pages)).toBe(wanted);
  });

  test("is written so in the page that its file is", () => {
    const rules: Parameters<Parameters<typeof writeSiteLinks>[0]["core"]["ruler"]["push"]>[1][] = [];
    writeSiteLinks({ core: { ruler: { push: (_name, rule) => void rules.push(rule) } } }, pages);
    const link = linkTo("docs/calls.md");
    const tokens = [{ ...linkTo(""), type: "inline", children: [link] }];
    for (const rule of rules) rule({ tokens, env: { relativePath: "index.md" } });
    expect(link.attrGet("href")).toBe("/calls.md");
  });
});

function linkTo(target: string) {
  const attributes = new Map([["href", target]]);
  return {
    type: "link_open",
    children: null,
    attrGet: (name: string) => attributes.get(name) ?? null,
    attrSet: (name: string, value: string) => void attributes.set(name, value),
  };
}
