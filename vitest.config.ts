import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { compiledSource } from "./test/compiled-source.ts";
import { SideBySide } from "./test/side-by-side.ts";
import { SummaryReporter } from "./test/summary-reporter.ts";

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));
const { PLUGBAY_TEST_REPORT: report, PLUGBAY_TEST_SUMMARY: summary } = process.env;

/** Where a test drives a browser or many processes on a busy machine, CI gives it a second chance, and names it. */
const secondChance = process.env.CI === "true" ? 1 : 0;

/**
 * Of the projects that run side by side. Many of their files wait: for a server, for processes of their own, for an
 * installation, or for a lock that is let go after seconds.
 */
const sideBySide = {
  sequence: { groupOrder: 0 },
  maxWorkers: 2 * availableParallelism(),
};

export default defineConfig({
  // What is covered is known of modules that Vitest evaluates itself.
  plugins: process.argv.includes("--coverage") ? [] : [compiledSource()],
  resolve: {
    alias: [
      { find: /^plugbay$/, replacement: source("index.ts") },
      { find: /^plugbay\/(sqlite|postgres|mysql|migrations)$/, replacement: source("store/$1/index.ts") },
      { find: /^plugbay\/(opentelemetry|testing)$/, replacement: source("$1/index.ts") },
      { find: /^plugbay\/admin$/, replacement: source("admin/index.ts") },
      { find: /^plugbay\/(node|express|fastify|koa|hono|nest|next)$/, replacement: source("adapters/$1.ts") },
      { find: /^plugbay\/alerts$/, replacement: source("seeing/alerts/index.ts") },
      { find: /^plugbay\/redis$/, replacement: source("following/redis/index.ts") },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "suites",
          include: ["test/**/*.test.ts"],
          exclude: ["test/cluster/**", "test/ecosystem/**", "test/panel/**"],
          ...sideBySide,
          // Loading all modules for each of so many files takes a fifth of the time of a run.
          isolate: false,
          setupFiles: "test/leave-as-found.ts",
          typecheck: {
            enabled: true,
            checker: fileURLToPath(new URL("node_modules/typescript-native/bin/tsc", import.meta.url)),
            include: ["test/types/**/*.test-d.ts"],
            tsconfig: "test/types/tsconfig.json",
            // Errors elsewhere are for the check of types to report, once.
            ignoreSourceErrors: true,
          },
        },
      },
      {
        extends: true,
        test: {
          name: "panel",
          include: ["test/panel/**/*.test.ts"],
          // A browser keeps a processor busy, but for a third of the time.
          sequence: { groupOrder: 1 },
          maxWorkers: Math.ceil(1.5 * availableParallelism()),
          // Else each file would load all modules, and start a browser.
          isolate: false,
          setupFiles: "test/leave-as-found.ts",
          retry: secondChance,
        },
      },
      {
        // Each of these files starts up to twenty processes, most of which wait.
        extends: true,
        test: {
          name: "cluster",
          include: ["test/cluster/**/*.test.ts"],
          ...sideBySide,
          isolate: false,
          setupFiles: "test/leave-as-found.ts",
          retry: secondChance,
        },
      },
      {
        // Applications with the packed package installed.
        extends: true,
        test: {
          name: "ecosystem",
          include: ["test/ecosystem/**/*.test.ts"],
          globalSetup: "test/ecosystem/global-setup.ts",
          ...sideBySide,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
    globalSetup: "test/servers/global-setup.ts",
    sequence: { sequencer: SideBySide },
    pool: "forks",
    execArgv: ["--enable-source-maps"],
    server: { deps: { external: [/\/\.compiled-src\//] } },
    maxWorkers: availableParallelism(),
    // Bounds on what hangs, not on what is slow: what is to be quick is measured in bench/.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    reporters: [
      "default",
      ...(report === undefined ? [] : [["json", { outputFile: report }] as ["json", object]]),
      ...(summary === undefined ? [] : [new SummaryReporter(summary)]),
    ],
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      exclude: ["src/admin/panel/generated.ts"],
      reporter: ["text-summary", "html"],
      reportOnFailure: true,
      reportsDirectory: "bench/out/coverage",
    },
  },
});
