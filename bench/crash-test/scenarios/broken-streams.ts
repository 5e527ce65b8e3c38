import { setTimeout as pause } from "node:timers/promises";
import { ChatError } from "../chat/chat-error.ts";
import {
  breaksAfter,
  endEarly,
  finish,
  neverAnswers,
  type Step,
  send,
  sendRaw,
  streams,
  wait,
} from "../provider/answers.ts";
import { codeOf, type Scenario, type Told } from "../scenario.ts";

const begin: readonly Step[] = [send("one "), send("two ")];
const malformed = sendRaw("data: {oops\n\n");

const messageOf = ({ error }: Told): string => (error instanceof ChatError ? error.message : "no ChatError");

export const cutStream: Scenario = {
  name: "a stream cut in the middle",
  right:
    "The caller has what came and then the error: it never looks complete, and no other answer is spliced to it.",
  first: breaksAfter(...begin),
  async act({ ask, second, check, explain }) {
    const told = await ask("count");
    check.equal("the parts", told.parts, ["one ", "two "]);
    check.that("it ends with an error", told.error instanceof Error, told.error);
    check.equal("requests to the second", second.requests.length, 0);
    for (let call = 1; call < 5; call++) await ask("count");
    check.equal("why the first does not serve after five of them", explain("first")?.reason, "cooling");
    check.equal("the next caller's answer", (await ask("count")).text, "hello from second");
  },
};

export const stalledStream: Scenario = {
  name: "a stream that stalls",
  right: "It ends with a time-out and the connection is closed; one that is slow but steady is waited for.",
  policy: { idleTimeoutMs: 150 },
  first: (response, request) => streams(...begin, () => neverAnswers(response, request))(response, request),
  async act({ ask, first, second, check }) {
    const told = await ask("count");
    check.equal("the parts", told.parts, ["one ", "two "]);
    check.equal("its error", codeOf(told.error), "RUN_TIMEOUT");
    check.between("how long it took, in ms", told.tookMs, 149, 600);
    await pause(50);
    check.equal("whether the connection was closed", first.requests[0]?.isGivenUp, true);
    const slow = ["a", "b", "c", "d", "e"].flatMap((text) => [wait(80), send(text)]);
    first.answer = streams(...slow, finish);
    const steady = await ask("spell");
    check.equal("a slow answer", steady.text, "abcde");
    check.equal("its error", steady.error, undefined);
    check.equal("requests to the second", second.requests.length, 0);
  },
};

export const malformedPart: Scenario = {
  name: "a malformed part",
  right: "As the first part it is a reason to ask the next provider; after a good one the caller is told.",
  first: streams(malformed, ...begin, finish),
  async act({ ask, first, second, check }) {
    const failedOver = await ask("count");
    check.equal("the answer where it comes first", failedOver.text, "hello from second");
    check.equal("its error", failedOver.error, undefined);
    first.answer = streams(...begin, malformed, send("three"), finish);
    const told = await ask("count");
    check.equal("the parts where it comes later", told.parts, ["one ", "two "]);
    check.equal("the error", messageOf(told), "a part of the answer is no JSON: {oops");
    check.equal("requests to the second", second.requests.length, 1);
  },
};

export const missingLastMark: Scenario = {
  name: "an end without its last mark",
  right: "What came is handed on and then the error: half an answer never looks complete.",
  first: streams(...begin, endEarly),
  async act({ ask, first, second, check }) {
    const told = await ask("count");
    check.equal("the parts", told.parts, ["one ", "two "]);
    check.equal("its error", messageOf(told), "the answer ended without its last mark");
    check.equal("requests to the second", second.requests.length, 0);
    first.answer = streams(endEarly);
    const empty = await ask("count");
    check.equal("the answer where nothing came", empty.text, "hello from second");
    check.equal("its error", empty.error, undefined);
  },
};
