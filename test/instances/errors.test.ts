import { describe, expect, test } from "vitest";
import {
  CheckTimeoutError,
  HealthCheckFailedError,
  MisconfiguredError,
  PluginFailedError,
  SchemaTimeoutError,
} from "../../src/instances/errors.ts";
import { checkHealthCheckOptions } from "../../src/instances/health-check-options.ts";
import { schemaWait } from "../../src/instances/schema-wait.ts";
import { otp } from "../definition/otp.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";
import { itemOf } from "./instances-bench.ts";

const sms = itemOf("sms");
const cause = new Error("no route to host");
const subject = 'plugin "sms" of module "apps/channels" for plugin type "otp" of "apps/otp"';

describe("what is wrong with an item is told with its plugin, its type and the cause", () => {
  test.each([
    [
      "PLUGIN_FAILED",
      () => new PluginFailedError(otp, sms, "was not ready within 5 ms", cause),
      "was not ready within 5 ms",
    ],
    [
      "PLUGIN_MISCONFIGURED",
      () => new MisconfiguredError(otp, sms, [{ path: ["smtp", "port"], message: "is no number" }], cause),
      "is misconfigured: smtp.port: is no number",
    ],
    [
      "HEALTH_CHECK_FAILED",
      () => new HealthCheckFailedError(otp, sms, cause),
      "fails its health check: no route to host",
    ],
  ])("%s", (code, make, problem) => {
    const error = make();
    expect(error.message).toBe(`${subject} ${problem}`);
    expect(error).toMatchObject({ itemId: sms.id, type: otp, cause, code, kind: "failed" });
  });

  test("and a config that is refused with all that is wrong in it", () => {
    const issues = [{ path: ["a"], message: "is missing" }];
    expect(new MisconfiguredError(otp, sms, issues).issues).toBe(issues);
  });
});

describe("what took too long is told with the time that it had", () => {
  test("a schema, and what can be done about it", async () => {
    const clock = new ManualClock();
    const plugin = { module: "apps/channels", name: "sms" };
    const answer = schemaWait(clock, 250)(plugin, new Promise(() => undefined));
    const problem = answer.catch((error: unknown) => error);
    await clock.advance(249);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await problem).toBeInstanceOf(SchemaTimeoutError);
    expect(await problem).toMatchObject({
      message:
        'the config schema of plugin "sms" of module "apps/channels" did not answer within 250 ms; ' +
        'check what it waits for, or raise "prepareTimeoutMs"',
      plugin,
      timeoutMs: 250,
      code: "SCHEMA_TIMEOUT",
      kind: "timeout",
    });
  });

  test("not a schema that answers in time", async () => {
    const clock = new ManualClock();
    const plugin = { module: "apps/channels", name: "sms" };
    expect(await schemaWait(clock, 250)(plugin, Promise.resolve("fine"))).toBe("fine");
    await settle();
    expect(clock.pending).toBe(0);
  });

  test("a check", () => {
    expect(new CheckTimeoutError(40)).toMatchObject({
      message: "no answer within 40 ms",
      timeoutMs: 40,
      code: "CHECK_TIMEOUT",
      kind: "timeout",
    });
  });
});

describe("options of health checks", () => {
  test.each([
    [{ intervalMs: 1 }],
    [{ intervalMs: 0.5, timeoutMs: 0.5, failures: 1 }],
    [{ intervalMs: 1, timeoutMs: undefined, failures: undefined }],
  ])("%j are taken", (options) => {
    expect(() => checkHealthCheckOptions(options)).not.toThrow();
  });

  test.each([
    [{}, 'option "healthChecks.intervalMs" is undefined; it is a number of milliseconds above 0'],
    [{ intervalMs: 0 }, 'option "healthChecks.intervalMs" is 0; it is a number of milliseconds above 0'],
    [
      { intervalMs: Number.POSITIVE_INFINITY },
      'option "healthChecks.intervalMs" is Infinity; it is a number of milliseconds above 0',
    ],
    [
      { intervalMs: 1, timeoutMs: 0 },
      'option "healthChecks.timeoutMs" is 0; it is a number of milliseconds above 0',
    ],
    [{ intervalMs: 1, failures: 0 }, 'option "healthChecks.failures" is 0; it is an integer from 1'],
    [{ intervalMs: 1, failures: 1.5 }, 'option "healthChecks.failures" is 1.5; it is an integer from 1'],
    [{ intervalMs: 1, interval: 1 }, 'healthChecks has no option "interval"; did you mean "intervalMs"?'],
  ])("%j are refused, and it is said why", (options, problem) => {
    expect(() => checkHealthCheckOptions(options as { intervalMs: number })).toThrow(problem);
  });
});
