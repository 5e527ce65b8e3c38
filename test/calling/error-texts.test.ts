import { AllPluginsFailedError, MethodNotImplementedError, type PluginItem, RunTimeoutError } from "plugbay";
import { describe, expect, test } from "vitest";

const item = { id: "1", module: "apps/sms", name: "sms", label: "eu" } as PluginItem;
const type = { manager: "apps/otp", name: "otp" };

describe("the error of a limit", () => {
  test.each([
    ["timeoutMs", "apps/sms:sms/eu did not finish within 50 ms (timeoutMs)"],
    ["idleTimeoutMs", "apps/sms:sms/eu showed no progress for 50 ms (idleTimeoutMs)"],
    ["deadlineMs", "apps/sms:sms/eu did not finish before the run's deadline of 50 ms (deadlineMs)"],
  ] as const)("says who took longer than it: %s", (limit, message) => {
    expect(new RunTimeoutError(item, limit, 50).message).toBe(message);
  });

  test("between two attempts says so, and has what failed before for its cause", () => {
    const failed = new AllPluginsFailedError(type, [{ item, error: new Error("busy") }]);
    const error = new RunTimeoutError(undefined, "deadlineMs", 50, failed);
    expect(error.message).toBe(
      "what was left to try did not finish before the run's deadline of 50 ms (deadlineMs)",
    );
    expect(error).toMatchObject({ itemId: undefined, cause: failed });
  });

  test("has no cause where nothing failed before", () => {
    expect(Object.hasOwn(new RunTimeoutError(item, "timeoutMs", 50), "cause")).toBe(false);
  });
});

describe("the error of a run that failed at every item", () => {
  const errors = [
    { item, error: new Error("busy") },
    { item: { ...item, label: "" }, error: new Error("gone") },
  ];

  test("says what each failed with", () => {
    expect(new AllPluginsFailedError(type, errors).message).toBe(
      'every plugin of plugin type "otp" of "apps/otp" failed: apps/sms:sms/eu: busy; apps/sms:sms: gone',
    );
  });

  test("says that there may be others, where the selector ended it", () => {
    const selectorError = new Error("no such country");
    const error = new AllPluginsFailedError(type, errors, selectorError);
    expect(error.message).toBe(
      'every plugin of plugin type "otp" of "apps/otp" that was tried failed: ' +
        "apps/sms:sms/eu: busy; apps/sms:sms: gone; then no such country",
    );
    expect(error.cause).toBe(selectorError);
  });
});

test("the error of an optional method says whose it is, and that it is optional", () => {
  expect(new MethodNotImplementedError(type, item, "sendVoice").message).toBe(
    'apps/sms:sms/eu has no method "sendVoice", which is optional for plugin type "otp" of "apps/otp"',
  );
});
