import { join } from "node:path";
import { runProgram } from "../../test/ecosystem/harness/run-program.ts";

/** A package manager, as it is run in a folder that has a package.json. */
export interface Installer {
  readonly name: string;
  /** What npm has to install under its name for it to run. */
  readonly package: string;
  readonly install: CommandLine;
  /** Sees that a package with very many optional peers is let in, where that takes an option. */
  readonly lenient?: readonly string[];
  /** What comes before the name of a program, or of a package's command. */
  readonly run: (program: string, folder: string) => CommandLine;
  readonly env?: NodeJS.ProcessEnv;
}

export type CommandLine = readonly [command: string, ...args: string[]];

/** The package managers, once `package` of each is installed as a package of its `name` in the folder of tools. */
export function installers(tools: string, registry: string): readonly Installer[] {
  const script = (name: string, file: string): CommandLine => [
    process.execPath,
    join(tools, "node_modules", name, file),
  ];
  const npm = (version: string): Installer => ({
    name: `npm-${version}`,
    package: `npm:npm@${version}`,
    install: [
      ...script(`npm-${version}`, "bin/npm-cli.js"),
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
    ],
    lenient: ["--legacy-peer-deps"],
    run: fromModules,
  });
  // The script that pnpm would have approved first is not needed: @photostructure/sqlite brings what it would build.
  const pnpm = (version: string, file: string): Installer => ({
    name: `pnpm-${version}`,
    package: `npm:pnpm@${version}`,
    install: [
      ...script(`pnpm-${version}`, file),
      "install",
      "--prefer-offline",
      "--no-frozen-lockfile",
      "--config.strict-dep-builds=false",
    ],
    run: fromModules,
  });
  const yarn = script("yarn", "bin/yarn.js");
  const bun: CommandLine = [join(tools, "node_modules", "bun", "bin", "bun")];
  const machine = `${process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`;
  return [
    npm("10.8.2"),
    npm("11"),
    npm("10.9"),
    npm("11.0.0"),
    pnpm("10", "bin/pnpm.cjs"),
    pnpm("latest", "bin/pnpm.mjs"),
    {
      name: "yarn",
      package: "npm:@yarnpkg/cli-dist@4",
      install: [...yarn, "install"],
      run: (program) => [...yarn, ...(program === "node" ? [] : ["run"]), program],
      env: {
        YARN_NODE_LINKER: "pnp",
        YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
        YARN_ENABLE_TELEMETRY: "false",
        YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ""),
        YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
      },
    },
    {
      name: "bun",
      package: `npm:@oven/bun-${machine}`,
      install: [...bun, "install"],
      run: fromModules,
      env: { BUN_CONFIG_REGISTRY: registry },
    },
  ];
}

function fromModules(program: string, folder: string): CommandLine {
  return [program === "node" ? process.execPath : join(folder, "node_modules", ".bin", program)];
}

/** Runs a command line to its end; gives all that it printed. @throws when it fails */
export async function runLine(
  [command, ...args]: CommandLine,
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { code, stdout, stderr } = await runProgram(folder, command, args, env);
  if (code === 0) return `${stdout}${stderr}`;
  throw new Error(
    `${[command, ...args].join(" ")} ended with ${code}:\n${`${stdout}${stderr}`.slice(-4_000)}`,
  );
}
