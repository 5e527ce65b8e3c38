import { afterEach, beforeEach, expect } from "vitest";
import { settle } from "../runtime/manual-clock.ts";

/** Each test of the file that calls this fails where it leaves an unhandled rejection. */
export function expectNoneUnhandled(): void {
  const reasons: unknown[] = [];
  process.on("unhandledRejection", (reason) => void reasons.push(reason));
  beforeEach(() => {
    reasons.length = 0;
  });
  afterEach(async () => {
    await settle();
    expect(reasons).toEqual([]);
  });
}
