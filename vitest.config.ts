import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));
const report = process.env.PLUGBAY_TEST_REPORT;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^plugbay$/, replacement: source("index.ts") },
      { find: /^plugbay\/(sqlite|postgres|mysql|migrations)$/, replacement: source("store/$1/index.ts") },
      { find: /^plugbay\/admin$/, replacement: source("admin/index.ts") },
      { find: /^plugbay\/(node|express|fastify|koa|hono|nest|next)$/, replacement: source("adapters/$1.ts") },
      { find: /^plugbay\/redis$/, replacement: source("watch/redis/index.ts") },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "suites",
          include: ["test/**/*.test.ts"],
          exclude: ["test/cluster/**"],
          sequence: { groupOrder: 0 },
          typecheck: {
            enabled: true,
            include: ["test/types/**/*.test-d.ts"],
            tsconfig: "test/types/tsconfig.json",
            // Errors elsewhere are for the check of types to report, once.
            ignoreSourceErrors: true,
          },
        },
      },
      {
        // Each of these files keeps up to twenty processes busy, so they come last and one by one.
        extends: true,
        test: {
          name: "cluster",
          include: ["test/cluster/**/*.test.ts"],
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
    ],
    globalSetup: "test/servers/global-setup.ts",
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // How long what is polled may take on a busy machine; what has to be quicker says so itself.
    expect: { poll: { timeout: 10_000 } },
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    coverage: {
      provider: "v8",
      include: ["src/**"],
    },
  },
});
