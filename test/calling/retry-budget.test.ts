import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RetryBudget } from "../../src/calling/retry-budget.ts";

const budgetAfter = (...events: readonly (readonly ["spend" | "earn", number])[]): RetryBudget => {
  const budget = new RetryBudget();
  for (const [event, times] of events)
    for (let time = 0; time < times; time += 1) {
      if (event === "earn") budget.earn();
      else budget.spend("retryable");
    }
  return budget;
};

describe("a retry budget", () => {
  test("allows retries until more than half of its 10 tokens are spent", () => {
    expect(budgetAfter().allows).toBe(true);
    expect(budgetAfter(["spend", 5]).allows).toBe(true);
    expect(budgetAfter(["spend", 6]).allows).toBe(false);
  });

  test("gets a tenth of a token back for each success, to the exact number", () => {
    expect(budgetAfter(["spend", 6], ["earn", 9]).allows).toBe(false);
    expect(budgetAfter(["spend", 6], ["earn", 10]).allows).toBe(true);
  });

  test("is empty after 10 failures, however many follow", () => {
    expect(budgetAfter(["spend", 1_000_000], ["earn", 49]).allows).toBe(false);
    expect(budgetAfter(["spend", 1_000_000], ["earn", 50]).allows).toBe(true);
  });

  test("is full with 10 tokens, however many calls succeed", () => {
    expect(budgetAfter(["earn", 1_000_000], ["spend", 6]).allows).toBe(false);
  });

  test("ends nearly all retries while every call fails at first", () => {
    const budget = new RetryBudget();
    let retries = 0;
    for (let call = 0; call < 10_000; call += 1) {
      budget.spend("retryable");
      if (!budget.allows) continue;
      retries += 1;
      budget.earn();
    }
    expect(retries).toBeLessThanOrEqual(10);
  });

  test("is at any time what a list of all that happened comes to", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 300 }), (events) => {
        const budget = new RetryBudget();
        let tenths = 100;
        for (const succeeded of events) {
          if (succeeded) budget.earn();
          else budget.spend("retryable");
          tenths = succeeded ? Math.min(100, tenths + 1) : Math.max(0, tenths - 10);
          expect(budget.allows).toBe(tenths >= 50);
        }
      }),
    );
  });
});
