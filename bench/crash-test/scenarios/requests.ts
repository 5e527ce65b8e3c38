import { ChatError } from "../chat/chat-error.ts";
import { refuses, says } from "../provider/answers.ts";
import { codeOf, type Scenario } from "../scenario.ts";

export const tooLong: Scenario = {
  name: "a request too long for one model",
  right: "Another model answers, and the one that is too small stays first for what it can do.",
  policy: { circuit: { failures: 3 } },
  first: (response, request) => {
    const isLong = (request.body.messages[0]?.content.length ?? 0) > 1_000;
    return (isLong ? refuses(413) : says("hello from first"))(response, request);
  },
  async act({ ask, first, second, check, explain }) {
    const long = "word ".repeat(1_000);
    const answers = [];
    for (let call = 0; call < 10; call++) answers.push(await ask(long));
    check.equal("long questions that the second answered", answers.filter(isOfSecond).length, 10);
    check.equal("requests to the first", first.requests.length, 10);
    check.equal("why the first serves", explain("first")?.reason, "selected");
    check.equal("the answer to a short one", (await ask("short")).text, "hello from first");
    first.answer = refuses(400, { code: "context_length_exceeded" });
    check.equal("the answer where it says so by its code", (await ask(long)).text, "hello from second");
    check.equal("requests to the second", second.requests.length, 11);
  },
};

const isOfSecond = ({ text }: { text: string }): boolean => text === "hello from second";

export const refused: Scenario = {
  name: "a refused request",
  right: "The caller gets the provider's own error; it is asked nowhere else, and counts against nobody.",
  policy: { circuit: { failures: 3 } },
  first: refuses(400, { code: "invalid_value", message: "temperature is above 2" }),
  async act({ ask, first, second, check, explain }) {
    const told = [];
    for (let call = 0; call < 10; call++) told.push(await ask("too hot"));
    const errors = told.map(({ error }) => (error instanceof ChatError ? error.message : "no ChatError"));
    check.equal("the callers' errors", [...new Set(errors)], ["temperature is above 2"]);
    check.equal("requests to the first", first.requests.length, 10);
    check.equal("requests to the second", second.requests.length, 0);
    check.equal("why the first serves", explain("first")?.reason, "selected");
  },
};

export const foreignConversation: Scenario = {
  name: "a second provider that cannot continue what the first began",
  right: "The caller is told what each provider said; the second is not blamed, and answers what is new.",
  policy: { circuit: { failures: 3, coolingMs: 60_000 } },
  first: refuses(503),
  second: (response, request) =>
    (request.body.previous_response_id === undefined
      ? says("hello from second")
      : refuses(404, { code: "previous_response_not_found", message: "that answer was not mine" }))(
      response,
      request,
    ),
  async act({ ask, first, second, check, explain }) {
    const told = [];
    for (let call = 0; call < 5; call++) told.push(await ask({ text: "go on", previousAnswer: "of first" }));
    const codes = told.map(({ error }) => codeOf(error));
    const [{ error } = { error: undefined }] = told;
    check.equal("the callers' errors", [...new Set(codes)], ["ALL_PLUGINS_FAILED"]);
    check.equal(
      "what was streamed",
      told.flatMap(({ parts }) => parts),
      [],
    );
    check.that("the error tells both", isOfBoth(error), error);
    check.equal("requests to the second", second.requests.length, 5);
    check.equal("why the second serves", explain("second")?.reason, "selected");
    check.equal("the answer to what is new", (await ask("hello")).text, "hello from second");
    first.answer = says("as I said");
    const late = await ask({ text: "go on", previousAnswer: "of first" });
    check.equal("the answer once the first is well, though still put aside", late.text, "as I said");
  },
};

const isOfBoth = (error: unknown): boolean =>
  error instanceof Error && error.message.includes("503") && error.message.includes("was not mine");
