import { setTimeout as pause } from "node:timers/promises";
import { finish, neverAnswers, sayThinking, send, streams, wait } from "../provider/answers.ts";
import { codeOf, type Scenario } from "../scenario.ts";

export const noAnswer: Scenario = {
  name: "no answer at all",
  right: "When its time is up the connection is closed and the next provider answers.",
  policy: { timeoutMs: 150 },
  first: neverAnswers,
  async act({ ask, first, second, check }) {
    const told = await ask("one");
    check.equal("the caller's answer", told.text, "hello from second");
    check.equal("its error", told.error, undefined);
    check.between("how long it took, in ms", told.tookMs, 149, 600);
    const once = await ask("two", { idempotent: false });
    check.equal("the error of a call that must not be made twice", codeOf(once.error), "OUTCOME_UNKNOWN");
    await pause(50);
    check.equal(
      "connections that were closed",
      first.requests.map(({ isGivenUp }) => isGivenUp),
      [true, true],
    );
    check.equal("what the second was asked", second.questions, ["one"]);
  },
};

export const lateFirstPart: Scenario = {
  name: "the first part after a long time",
  right:
    "Silence is given up for the next provider, and what comes late is dropped; one that says it thinks is waited for.",
  policy: { idleTimeoutMs: 150 },
  first: streams(wait(500), send("late"), finish),
  async act({ ask, first, second, check }) {
    const told = await ask("one");
    check.equal("the caller's answer", told.parts, ["hello ", "from ", "second"]);
    check.equal("its error", told.error, undefined);
    check.between("how long it took, in ms", told.tookMs, 149, 450);
    await pause(50);
    check.equal("whether the connection was closed", first.requests[0]?.isGivenUp, true);
    const thinking = Array.from({ length: 8 }, () => [wait(50), sayThinking]).flat();
    first.answer = streams(...thinking, send("well thought"), finish);
    const thought = await ask("two");
    check.equal("the answer of one that thinks", thought.text, "well thought");
    check.equal("what the second was asked", second.questions, ["one"]);
  },
};
