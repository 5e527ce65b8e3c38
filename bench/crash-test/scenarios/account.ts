import type { AttemptReport, Readiness } from "plugbay";
import { refuses } from "../provider/answers.ts";
import type { Scenario } from "../scenario.ts";

export const account: Scenario = {
  name: "the account of a failover",
  right:
    "Each attempt is told: which item, its number, its outcome, how long it took, and its error without the key.",
  policy: { circuit: { failures: 1, coolingMs: 60_000 } },
  first: refuses(500, { message: "crashed on key-of-first" }),
  async act({ ask, plugbay, check, explain }) {
    const attempts: AttemptReport[] = [];
    const events: string[] = [];
    plugbay.on("readiness", ({ item, readiness }) => events.push(`${item.label} is ${readiness.kind}`));
    const told = await ask("one", { onAttempt: (attempt) => attempts.push(attempt) });
    const [one, two] = attempts;
    check.equal("the caller's answer", told.text, "hello from second");
    check.equal(
      "the items",
      attempts.map(({ item }) => item.label),
      ["first", "second"],
    );
    check.equal(
      "the numbers",
      attempts.map(({ attempt }) => attempt),
      [1, 2],
    );
    check.equal(
      "the outcomes",
      attempts.map(({ outcome }) => outcome),
      ["ambiguous", "success"],
    );
    check.that("they are of one run", one !== undefined && one.runId === two?.runId, one?.runId);
    const durations = attempts.map(({ durationMs }) => durationMs);
    check.that(
      "how long they took",
      durations.every((ms) => ms > 0 && ms <= told.tookMs),
      durations,
    );
    check.equal("the first's error", String(one?.error), "ChatError: crashed on [secret]");
    check.equal("the second's error", two?.error, undefined);
    check.equal("the events", events, ["first is cooling"]);
    const readiness = explain("first")?.readiness;
    const failures = readiness?.kind === "cooling" ? readiness.failures : undefined;
    check.equal("the failures that explain tells", failures?.count, 1);
    check.equal("the last of them", String(failures?.error), "ChatError: crashed on [secret]");
    check.between("until when it is put aside, in ms", untilOf(readiness) - Date.now(), 50_000, 60_000);
  },
};

const untilOf = (readiness: Readiness | undefined): number =>
  (readiness?.kind === "cooling" ? readiness.until : undefined) ?? Number.NaN;
