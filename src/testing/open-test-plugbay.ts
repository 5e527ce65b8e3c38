import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import { checkName } from "../definition/name.ts";
import { type OpenOptions, openParts } from "../open/open-plugbay.ts";
import { generateKey } from "../secrets/generate-key.ts";
import { MemoryStore } from "../store/memory/memory-store.ts";
import { type Clock, systemClock } from "../time/clock.ts";
import { OverriddenOffers } from "./overridden-offers.ts";
import { Overrides } from "./overrides.ts";
import { TestFacade, type TestPlugbay } from "./test-plugbay.ts";

/** What `openTestPlugbay` may be told. `plugins` is needed; the rest is as for `openPlugbay`. */
export interface TestOptions
  extends Pick<
    OpenOptions,
    | "plugins"
    | "sync"
    | "namespace"
    | "prepareTimeoutMs"
    | "graceMs"
    | "healthChecks"
    | "keys"
    | "hooks"
    | "actor"
    | "clock"
  > {
  /** The keys of secrets in configs. Default: one that is made for this plugbay. */
  readonly keys?: string;
  /** The time: a `FakeClock` where a test moves it. Default: the system's. */
  readonly clock?: Clock;
}

/**
 * Opens plugbay in memory, for tests: without a database or its driver, without timers, files, and other processes. All
 * that operators do by `control` works, and is gone with it. Close it with `close()` or `await using`.
 *
 * @throws the errors of registration; InvalidOptionError, InvalidKeysError, UnknownOptionError
 * @example
 * await using plugbay = await openTestPlugbay({ plugins: [otp, smsIr] });
 * using fake = plugbay.override(otp, { sendOtp: async () => undefined });
 * await plugbay.require(otp).sendOtp("+1 555 0100", "123456");
 */
export async function openTestPlugbay(options: TestOptions): Promise<TestPlugbay> {
  checkKnown("openTestPlugbay", options, optionNames);
  const { namespace = "default", clock = systemClock, keys = generateKey().entry } = options;
  checkName("namespace", namespace);
  const overrides = new Overrides();
  const quiet = { pollIntervalMs: false, heartbeatMs: false, traffic: false } as const;
  const parts = await openParts(
    new MemoryStore(namespace, clock),
    { ...options, keys, ...quiet },
    { offersOf: (instances) => new OverriddenOffers(instances, overrides) },
  );
  return new TestFacade(parts, overrides);
}

const optionNames: OptionNames<TestOptions> = {
  ...{ plugins: true, sync: true, namespace: true, prepareTimeoutMs: true, graceMs: true },
  ...{ healthChecks: true, keys: true, hooks: true, actor: true, clock: true },
};
