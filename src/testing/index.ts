export type { Aspect, CaseContext, ConformanceCase } from "./conformance.ts";
export { type ConformanceOptions, describePlugin } from "./describe-plugin.ts";
export { FakeClock } from "./fake-clock.ts";
export { type MakeOptions, makePlugin } from "./make-plugin.ts";
export { openTestPlugbay, type TestOptions } from "./open-test-plugbay.ts";
export type { Override, TestPlugbay } from "./test-plugbay.ts";
export type { TestRunner } from "./test-runner.ts";
