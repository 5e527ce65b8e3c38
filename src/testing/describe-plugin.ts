import { describePlugin as nameOf } from "../definition/describe.ts";
import { checkKnown, type OptionNames } from "../definition/known-options.ts";
import type { Plugin } from "../definition/plugin.ts";
import { type Aspect, type ConformanceCase, conformanceTests } from "./conformance.ts";
import { presentRunner, type TestRunner } from "./test-runner.ts";

/** What a plugin is tested with. T is the interface of its type, Input what its schema takes. */
export interface ConformanceOptions<T extends object, Input> {
  /** Configs that work, secrets in clear. All but the contract is tested with each. Default: none, which a schema takes for `{}`. */
  readonly configs?: readonly Input[];
  /** Configs that its schema has to refuse. Default: none. */
  readonly refused?: readonly unknown[];
  /** What every implementation of the type has to do, by name: each is called with an instance of its own. Default: nothing. */
  readonly cases?: Readonly<Record<string, ConformanceCase<T>>>;
  /** What is not tested: `check` where that would call a provider that is not there. Default: nothing. */
  readonly skip?: readonly Aspect[];
  /** Default: the one that runs this file; Vitest, Jest, Mocha or `node:test`. */
  readonly runner?: TestRunner;
}

/**
 * Declares the tests that a plugin has to pass: it fulfils its type's contract; its configs are taken, outlast storage,
 * and make implementations; `check` accepts them; it gives up when it is told to; it ends; it tells no secret. And the
 * cases, by which the author of a type tells implementers what an implementation has to do.
 *
 * @throws UnknownOptionError
 * @example
 * // In the package of the type:
 * export const describeOtpSender = <Config>(plugin: Plugin<OtpSender, Config>, configs: Config[]) =>
 *   describePlugin(plugin, {
 *     configs,
 *     cases: { "sends a code": (sender) => sender.sendOtp("+1 555 0100", "123456") },
 *   });
 * // In that of an implementer:
 * describeOtpSender(smsIr, [{ token: "test-token" }]);
 */
export function describePlugin<T extends object, Input>(
  plugin: Plugin<T, Input>,
  options: ConformanceOptions<NoInfer<T>, NoInfer<Input>> = {},
): void {
  checkKnown("describePlugin", options, optionNames);
  const { runner = presentRunner(), configs = [undefined], refused = [], cases = {}, skip = [] } = options;
  const subject = {
    ...{ plugin: plugin as Plugin, configs, refused },
    ...{ cases: Object.entries(cases) as [string, ConformanceCase<object>][], skip: new Set(skip) },
  };
  runner.describe(nameOf(plugin), () => {
    for (const { name, run } of conformanceTests(subject)) runner.test(name, run);
  });
}

const optionNames: OptionNames<ConformanceOptions<object, unknown>> = {
  ...{ configs: true, refused: true, cases: true, skip: true, runner: true },
};
