import { defineConfig } from "vitest/config";
import { QuickFirst } from "./test/mutation/quick-first.ts";
import base from "./vitest.config.ts";

/** Tests that need neither a server nor a process of their own, and answer within seconds: those of what mutates. */
export default defineConfig({
  plugins: base.plugins ?? [],
  resolve: base.resolve ?? {},
  test: {
    include: process.env.MUTATION_TESTS?.split(",") ?? [
      "test/{definition,registry,selection,sync,instances,serving,calling,runtime}/**/*.test.ts",
      "test/{regression,property,testing,control,following,seeing,secrets,opentelemetry}/**/*.test.ts",
      "test/{errors,thrown,copies}.test.ts",
    ],
    exclude: [
      "test/runtime/{waiting-process,leaks,lost-database,odd-throws}.test.ts",
      "test/calling/forgotten-stream.test.ts",
      "test/property/{fleet-agrees,no-secret-survives,export-and-import-agree}.test.ts",
      "test/testing/{describe-plugin,recipes}.test.ts",
      "test/regression/{concurrent-syncs-fail,other-processes-serve-the-old-choice}.test.ts",
    ],
    globalSetup: "test/servers/without-servers.ts",
    // Seconds for each of thousands of mutants would be hours.
    env: { PLUGBAY_TEST_PROPERTY_TIMES: "0.03" },
    runner: "test/mutation/try-mutants.ts",
    sequence: { sequencer: QuickFirst },
    // A mutant may have its process die.
    pool: "forks",
    // The modules are loaded once for all files: a mutant is switched, not loaded.
    isolate: false,
    server: base.test?.server ?? {},
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
