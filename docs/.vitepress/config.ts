import { readdirSync } from "node:fs";
import { modules } from "../../scripts/entries.ts";
import { headingName, type Pages, writeSiteLinks } from "./repository-links.ts";

// For VitePress 1.6. The pages are the documents as GitHub and npm show them: nothing in them is for this site.
// `npm run docs:build` writes the reference beside them.

/** The pages by their files, from the root of the repository. */
export const pages: Pages = {
  "README.md": "index.md",
  "CHANGELOG.md": "changelog.md",
  "CONTRIBUTING.md": "contributing.md",
  "SECURITY.md": "security.md",
  ...Object.fromEntries(
    readdirSync(new URL("..", import.meta.url))
      .filter((name) => name.endsWith(".md"))
      .map((name) => [`docs/${name}`, name]),
  ),
};

const page = (text: string, name: string) => ({ text, link: `/${name}` });

export const sidebar = [
  { text: "Start", items: [page("What it is", ""), page("Tutorial", "tutorial")] },
  {
    text: "Concepts",
    items: [
      page("Words and pictures", "concepts"),
      page("Calls", "calls"),
      page("How it is built", "architecture"),
      page("A crash test", "crash-test"),
      page("Half an hour under load", "soak"),
      page("Comparison", "comparison"),
      page("Beside its peers", "peers"),
    ],
  },
  {
    text: "Guides",
    items: [
      page("Mounting the panel", "adapters"),
      page("The panel on its own", "serve"),
      page("Securing the panel", "securing-the-panel"),
      page("Configured items", "configuration"),
      page("Secrets", "secrets"),
      page("Testing", "testing"),
      page("NestJS", "nest"),
      page("The application's database", "database"),
      page("Tables of your own", "own-tables"),
      page("Deploying", "deploying"),
      page("Shutting down", "shutdown"),
      page("Serverless", "serverless"),
      page("Alerts", "alerts"),
      page("Telemetry", "telemetry"),
      page("Coming from Django", "coming-from-django"),
    ],
  },
  {
    text: "Reference",
    items: [
      page("Command line", "cli"),
      page("HTTP API", "api"),
      page("Errors", "errors"),
      page("Events", "events"),
      page("Metrics", "metrics"),
      page("Tables", "tables"),
      {
        text: "Exported names",
        collapsed: true,
        items: modules.map(({ name }) => page(name, `reference/${name}/`)),
      },
      page("Supported versions", "supported-versions"),
      page("Changes", "changelog"),
      page("Contributing", "contributing"),
      page("Security", "security"),
    ],
  },
];

/** On a telephone, drawings keep a size that can be read, and move sideways. */
const drawings = `@media (max-width: 640px) {
  .vp-doc p:has(> img[src*="svg"]) { overflow-x: auto }
  .vp-doc p > img[src*="svg"] { width: 640px; max-width: none }
}`;

export default {
  title: "plugbay",
  description: "Swap the implementations behind a TypeScript interface while the server runs.",
  // The README is a page, too.
  srcDir: "..",
  srcExclude: [".*/**", "{bench,examples,scripts,src,test,ui}/**"],
  rewrites: { ...pages, "docs/reference/:path*": "reference/:path*" },
  cleanUrls: true,
  head: [["style", {}, drawings]],
  markdown: {
    attrs: { disable: true },
    anchor: { slugify: headingName },
    config: (markdown: Parameters<typeof writeSiteLinks>[0]) => writeSiteLinks(markdown, pages),
  },
  // The search has the text of all pages in one file.
  vite: { build: { chunkSizeWarningLimit: 2_000 } },
  themeConfig: {
    sidebar,
    outline: [2, 3],
    search: { provider: "local" },
    editLink: {
      pattern: "https://github.com/plugbay/plugbay/edit/main/:path",
      text: "Edit this page on GitHub",
    },
    socialLinks: [{ icon: "github", link: "https://github.com/plugbay/plugbay" }],
  },
};
