import { inTurn, refuses, resets, says } from "../provider/answers.ts";
import { codeOf, type Scenario } from "../scenario.ts";

export const serverErrorOnce: Scenario = {
  name: "500, once",
  right:
    "The next provider answers, the first stays first; a call that must not be made twice is told that nobody knows.",
  first: inTurn(refuses(500), says("hello from first"), refuses(500)),
  async act({ ask, first, second, check }) {
    const failedOver = await ask("one");
    check.equal("the caller's answer", failedOver.text, "hello from second");
    check.equal("its error", failedOver.error, undefined);
    check.equal("the next caller's answer", (await ask("two")).text, "hello from first");
    const once = await ask("three", { idempotent: false });
    check.equal("the error of a call that must not be made twice", codeOf(once.error), "OUTCOME_UNKNOWN");
    check.equal("what the first was asked", first.questions, ["one", "two", "three"]);
    check.equal("what the second was asked", second.questions, ["one"]);
  },
};

export const unavailableForGood: Scenario = {
  name: "503 for good",
  right: "All calls are answered, and the first is asked no more than it takes to open its circuit.",
  policy: { circuit: { failures: 3, coolingMs: 60_000 } },
  first: refuses(503),
  async act({ ask, first, second, check, explain }) {
    const answers = [];
    for (let call = 0; call < 50; call++) answers.push(await ask(`call ${call}`));
    check.equal("calls that failed", answers.filter(({ error }) => error !== undefined).length, 0);
    check.equal("requests to the first", first.requests.length, 3);
    check.equal("requests to the second", second.requests.length, 50);
    check.equal("why the first does not serve", explain("first")?.reason, "cooling");
  },
};

export const reset: Scenario = {
  name: "a reset before headers",
  right: "The next provider answers; a call that must not be made twice is told that nobody knows.",
  first: resets,
  async act({ ask, first, second, check }) {
    const failedOver = await ask("one");
    check.equal("the caller's answer", failedOver.text, "hello from second");
    check.equal("its error", failedOver.error, undefined);
    const once = await ask("two", { idempotent: false });
    check.equal("the error of a call that must not be made twice", codeOf(once.error), "OUTCOME_UNKNOWN");
    check.equal("what the first was asked", first.questions, ["one", "two"]);
    check.equal("what the second was asked", second.questions, ["one"]);
  },
};
