import { extensionOf, type Framework, type Project } from "./project.ts";
import type { Template } from "./sender-files.ts";

/** Where the panel is, as browsers see it. */
export const panelPath = "/admin/plugins";

const authorize = (indent: string): string =>
  `// Put your own sign-in here: who is asking, and what may they change? Until you do, the panel opens for one user,
// the one in PANEL_USER, and never in production.
authorize: () => {
  const { NODE_ENV, PANEL_USER: actor } = process.env;
  return actor && NODE_ENV !== "production" ? { actor, access: "write" } : null;
},`.replaceAll("\n", `\n${indent}`);

/** Where plugbay is opened for an application that asks it by a promise. */
const opened = `import { openPlugbay } from "plugbay";
import config from "./plugbay.config.js";

/** Open for as long as the process runs: \`(await plugbay).service(otp)\` calls whichever plugin serves then. */
export const plugbay = openPlugbay(config);
`;

/** The frameworks whose panel is a value that the application mounts. */
type Mounted = Exclude<Framework, "nest" | "next">;

const adapters: Readonly<Record<Mounted, string>> = {
  node: "toNode",
  express: "toExpress",
  fastify: "toFastify",
  koa: "toKoa",
  hono: "toHono",
};

/** How the panel is mounted. */
export const mounting: Readonly<Record<Mounted, string>> = {
  node: "createServer((request, response) => panel(request, response, () => yours(request, response)));",
  express: "app.use(panel);",
  fastify: "await app.register(panel);",
  koa: "app.use(panel);",
  hono: "app.use(panel);",
};

const mounted = (framework: Mounted): string => `import { createAdmin } from "plugbay/admin";
import { ${adapters[framework]} } from "plugbay/${framework}";
import { plugbay } from "./plugbay.js";

const basePath = "${panelPath}";

const admin = plugbay.then((opened) =>
  createAdmin(opened, {
    basePath,
    ${authorize("    ")}
  }),
);

/** The panel. In front of the application's own routes: \`${mounting[framework]}\` */
export const panel = ${adapters[framework]}(admin, { path: basePath });
`;

const openedByNext = `import { openPlugbay } from "plugbay";
import { keepOpen } from "plugbay/next";
import config from "./plugbay.config.js";

/** Call it at each use: \`(await plugbay()).service(otp)\` calls whichever plugin serves then. */
export const plugbay = keepOpen(() => openPlugbay(config));
`;

const route = `import { createAdmin } from "plugbay/admin";
import { toNext } from "plugbay/next";
import { plugbay } from "../../../../plugbay.js";

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = toNext(async () =>
  createAdmin(await plugbay(), {
    basePath: "${panelPath}",
    ${authorize("    ")}
  }),
);
`;

const mountedByNest = `⟨import type { INestApplication } from "@nestjs/common";
import type { Plugbay } from "plugbay";
⟩import { createAdmin } from "plugbay/admin";
import { getPlugbayToken, toNest } from "plugbay/nest";

/** Mounts the panel. Call it in front of \`app.listen()\`; PlugbayModule has to be among the application's imports. */
export function mountPanel(app⟨: INestApplication⟩)⟨: void⟩ {
  const admin = createAdmin(app.get⟨<Plugbay>⟩(getPlugbayToken()), {
    basePath: "${panelPath}",
    ${authorize("    ")}
  });
  app.use(toNest(admin));
}
`;

/** What opens plugbay in the application, and its panel. */
export function panelFiles(project: Project): Template[] {
  const { framework, sources } = project;
  const extension = extensionOf(project);
  if (framework === "nest") return [{ path: `${sources}panel.${extension}`, text: mountedByNest }];
  if (framework === "next") {
    return [
      { path: `${sources}plugbay.${extension}`, text: openedByNext },
      { path: `${sources}app${panelPath}/[[...path]]/route.${extension}`, text: route },
    ];
  }
  return [
    { path: `${sources}plugbay.${extension}`, text: opened },
    { path: `${sources}panel.${extension}`, text: mounted(framework) },
  ];
}
