import type { TestProject } from "vitest/node";

/** For runs of the tests that need no server: what would be tried on one is skipped. */
export default function setup(project: TestProject): void {
  project.provide("postgresUrl", null);
  project.provide("mysqlUrl", null);
  project.provide("redisUrl", null);
}
