import { setTimeout as pause } from "node:timers/promises";
import { inTurn, refuses, says } from "../provider/answers.ts";
import type { Scenario } from "../scenario.ts";

const tooMany = refuses(429, { retryAfter: 1 });

export const tooManyRequestsOnce: Scenario = {
  name: "429 with Retry-After, once",
  right:
    "A call that may wait asks the same provider again when it said so; other calls go to the next one meanwhile.",
  first: inTurn(tooMany, says("hello from first")),
  async act({ ask, first, second, check }) {
    const waiting = ask("patient", { waitMs: 2_000 });
    // Until the refusal has arrived.
    await pause(200);
    const hasty = await ask("hasty");
    const patient = await waiting;
    const [one, other] = first.requests;
    check.equal("the patient caller's answer", patient.text, "hello from first");
    check.equal("its error", patient.error, undefined);
    check.equal("the hasty caller's answer", hasty.text, "hello from second");
    check.equal("what the first was asked", first.questions, ["patient", "patient"]);
    check.equal("what the second was asked", second.questions, ["hasty"]);
    check.between("the pause between the two requests, in ms", (other?.at ?? 0) - (one?.at ?? 0), 990, 1_500);
    check.equal(
      "the idempotency key of the second try",
      other?.headers["idempotency-key"],
      one?.headers["idempotency-key"] ?? "one",
    );
    check.equal("the next caller's answer", (await ask("later")).text, "hello from first");
  },
};

export const tooManyRequestsForGood: Scenario = {
  name: "429 for good",
  right: "The next provider answers, and the first is left alone until the time that it said.",
  first: refuses(429, { retryAfter: 1 }),
  async act({ ask, first, second, check, explain }) {
    const before = Date.now();
    const answers = [];
    for (let call = 0; call < 10; call++) answers.push(await ask(`call ${call}`));
    check.equal("calls that failed", answers.filter(({ error }) => error !== undefined).length, 0);
    check.equal("what the first was asked", first.questions, ["call 0"]);
    check.equal("requests to the second", second.requests.length, 10);
    check.equal("why the first does not serve", explain("first")?.reason, "cooling");
    await pause(1_100 - (Date.now() - before));
    check.equal("the answer after that time", (await ask("again")).text, "hello from second");
    check.equal("what the first was asked by then", first.questions, ["call 0", "again"]);
  },
};
