import { ownManifest } from "../manifest.ts";
import { driverOf } from "./packages.ts";
import { panelPath } from "./panel-files.ts";
import { type Project, testFile } from "./project.ts";
import { pluginFolder, type Template } from "./sender-files.ts";

/** Who the panel is for, in development. It is not committed, so nobody has the panel open elsewhere. */
const environment = `# Who you are in the panel, in development. Other machines do not have this file.
PANEL_USER=developer
`;

const ignored = `.env
*.db
*.db-*
node_modules/
`;

const settings = {
  compilerOptions: {
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["src"],
};

const server = `import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { panel } from "./panel.js";
import { plugbay } from "./plugbay.js";
import { otp } from "./plugins/otp.js";

const port = Number(process.env.PORT ?? 3000);

// Of this machine alone, until the panel has a sign-in.
const host = "127.0.0.1";

/** All that is not the panel's: \`curl -X POST http://127.0.0.1:3000/codes\` sends a code. */
async function answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (method !== "POST" || url !== "/codes") {
    response.writeHead(404).end();
    return;
  }
  try {
    await (await plugbay).service(otp).sendOtp("+1 555 0100", "123456");
    response.writeHead(204).end();
  } catch (error) {
    fail(response, error);
  }
}

function fail(response: ServerResponse, error: unknown): void {
  console.error(error);
  response.writeHead(500).end();
}

// A start that fails ends the process.
const opened = await plugbay;

const server = createServer((request, response) =>
  panel(request, response, (error) => {
    if (error === undefined) void answer(request, response);
    else fail(response, error);
  }),
);
server.listen(port, host, () => console.log(\`The panel is at http://\${host}:\${port}${panelPath}\`));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => server.close(() => void opened.close()));
}
`;

function manifest(project: Project): object {
  const { version, peerDependencies } = ownManifest();
  // Of several ranges, the first is that of the most versions of Node.
  const rangeOf = (name: string): string => peerDependencies[name]?.split(" || ")[0] ?? "*";
  const driver = driverOf(project.database);
  const packages = ["kysely", ...(driver === undefined ? [] : [driver])];
  return {
    name: packageName(project.name),
    private: true,
    type: "module",
    scripts: {
      start: "node --env-file=.env --import tsx src/server.ts",
      test: `tsx --test ${testFile(`${pluginFolder(project)}*`, project)}`,
      check: "tsc",
    },
    dependencies: sorted({
      plugbay: `^${version}`,
      ...Object.fromEntries(packages.map((name) => [name, rangeOf(name)])),
    }),
    devDependencies: { "@types/node": "^20.19.0", tsx: "^4.20.0", typescript: "^6.0.0" },
    engines: { node: project.database === "sqlite" && driver === undefined ? ">=22.13" : ">=20.19" },
  };
}

const sorted = (packages: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(packages).sort(([one], [other]) => (one < other ? -1 : 1)));

/** A folder's name as npm takes it for a package. */
const packageName = (folder: string): string =>
  folder
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "") || "app";

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** What a folder without a package.json needs beside, to be installed, tested and started. */
export const newProjectFiles = (project: Project): Template[] => [
  { path: "tsconfig.json", text: json(settings) },
  { path: ".gitignore", text: ignored },
  { path: ".env", text: environment },
  { path: `${project.sources}server.ts`, text: server },
  { path: "package.json", text: json(manifest(project)) },
];
