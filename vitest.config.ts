import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));
const report = process.env.PLUGBAY_TEST_REPORT;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^plugbay$/, replacement: source("index.ts") },
      { find: /^plugbay\/(sqlite|postgres|mysql|migrations)$/, replacement: source("store/$1/index.ts") },
      { find: /^plugbay\/redis$/, replacement: source("watch/redis/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/servers/global-setup.ts",
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    typecheck: {
      enabled: true,
      include: ["test/types/**/*.test-d.ts"],
      tsconfig: "test/types/tsconfig.json",
      // Errors elsewhere are for the check of types to report, once.
      ignoreSourceErrors: true,
    },
    coverage: {
      provider: "v8",
      include: ["src/**"],
    },
  },
});
