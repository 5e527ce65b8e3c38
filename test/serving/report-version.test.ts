import type { Readiness } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { OwnReport } from "../../src/serving/own-report.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { itemRow, typeRow } from "../selection/rows.ts";
import { ServingBench } from "./serving-bench.ts";

const types = [typeRow("otp")];
const sms = itemRow("otp", "sms");

let bench: ServingBench;
beforeEach(() => {
  bench = new ServingBench(otp, senderPlugin("sms"));
});

test("the version counts what there is to say anew, and stays where all is as it was", () => {
  const { report } = bench.serving;
  expect(report.version()).toBe(0);
  bench.accept({ types, items: [sms] });
  expect(report.version()).toBe(1);
  expect(report.version()).toBe(1);
  bench.accept({ items: [{ ...sms, description: "the cheap one" }] });
  expect(report.version()).toBe(1);
  bench.accept({ items: [{ ...sms, status: "disable" }] });
  expect(report.version()).toBe(2);
});

test("a type that the database does not have is not told of", () => {
  const { report } = bench.serving;
  report.note([otp], []);
  expect(report.version()).toBe(0);
  expect(report.content()).toEqual({ serves: [], troubles: [] });
});

describe("of an item that is in the same state as before, it is told anew", () => {
  let readiness: Readiness;
  let report: OwnReport;
  const version = (): number => {
    report.note([], [sms.id]);
    return report.version();
  };
  beforeEach(() => {
    const { clock, serving } = bench;
    report = new OwnReport({
      ...{ clock, offers: serving.offers, snapshot: () => serving.snapshot },
      ...{ readiness: () => readiness, isWanted: () => true },
    });
    bench.accept({ types, items: [sms] });
  });

  const at = Date.UTC(2030, 0, 1, 8);
  const failures = { count: 5, error: new Error("timed out"), at };
  const cooling = { kind: "cooling", reason: "circuit", until: at, failures } as const;
  test.each<[string, Readiness]>([
    ["when it comes back at another time", { ...cooling, until: at + 1_000 }],
    ["when more of its calls have failed", { ...cooling, failures: { ...failures, count: 6 } }],
    [
      "when they failed with another error",
      { ...cooling, failures: { ...failures, error: new Error("no") } },
    ],
  ])("%s", (_, next) => {
    readiness = cooling;
    expect(version()).toBe(1);
    readiness = { ...cooling, failures: { ...failures } };
    expect(version()).toBe(1);
    readiness = next;
    expect(version()).toBe(2);
  });

  test("when it was held anew, for the same reason", () => {
    const hold = { reason: "maintenance", by: "alice", since: "2030-01-01T00:00:00.000Z" };
    readiness = { kind: "held", until: undefined, reason: hold.reason, by: hold.by };
    bench.accept({ items: [{ ...sms, hold }] });
    expect(version()).toBe(1);
    bench.accept({ items: [{ ...sms, hold, description: "the cheap one" }] });
    expect(version()).toBe(1);
    bench.accept({ items: [{ ...sms, hold: { ...hold, since: "2030-01-02T00:00:00.000Z" } }] });
    expect(version()).toBe(2);
    expect(report.content().troubles).toMatchObject([{ since: "2030-01-02T00:00:00.000Z" }]);
  });
});
