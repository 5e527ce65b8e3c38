import { posix } from "node:path";

const repository = "https://github.com/plugbay/plugbay";

/** Of a Markdown text, the parts in which links stand. */
interface Token {
  readonly type: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/** What is needed of markdown-it, which VitePress brings. */
interface Markdown {
  readonly core: {
    readonly ruler: {
      push(
        name: string,
        rule: (state: {
          readonly tokens: readonly Token[];
          readonly env: { readonly relativePath?: string };
        }) => void,
      ): void;
    };
  };
}

/** Where the repository's files are on the site, by their paths from its root. */
export type Pages = Readonly<Record<string, string>>;

/**
 * Where a link of a file leads on the site. The documents are written for GitHub and npm, so their links go by the
 * repository's files: one that is a page of the site becomes that page, any other one is shown on GitHub.
 */
export function siteLink(link: string, file: string, pages: Pages): string {
  if (/^(?:[a-z][a-z+.-]*:|#|\/)/i.test(link)) return link;
  const [path = "", section] = link.split("#");
  const target = posix.join(posix.dirname(file), path);
  const page = pages[target];
  const place = page === undefined ? `${repository}/blob/main/${target}` : `/${page}`;
  return section === undefined ? place : `${place}#${section}`;
}

/** Has a Markdown renderer write the links of pages as `siteLink` has them. */
export function writeSiteLinks(markdown: Markdown, pages: Pages): void {
  const files = new Map(Object.entries(pages).map(([file, page]) => [page, file]));
  const follow = (tokens: readonly Token[], file: string): void => {
    for (const token of tokens) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href !== null) token.attrSet("href", siteLink(href, file, pages));
      follow(token.children ?? [], file);
    }
  };
  markdown.core.ruler.push("repository links", ({ tokens, env: { relativePath = "" } }) => {
    const file = files.get(relativePath);
    // The reference is written for the site.
    if (file !== undefined) follow(tokens, file);
  });
}

/** The name of a heading in addresses, as GitHub makes it. */
export const headingName = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
