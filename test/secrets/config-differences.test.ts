import { expect, test } from "vitest";
import { configDifferences } from "../../src/secrets/config-differences.ts";

const secret = (fingerprint: string) => ({ secret: "set", at: "2026-01-01T00:00:00.000Z", fingerprint });

test("two configs differ at paths, and what is the same is left out", () => {
  const before = { smtp: { host: "a.example", port: 25 }, hosts: ["x", "y"], old: 1, "odd key": true };
  const after = {
    smtp: { host: "b.example", port: 25 },
    hosts: ["x", "z", "w"],
    added: { a: 1 },
    "odd key": false,
  };
  expect(configDifferences(before, after)).toEqual([
    { path: "smtp.host", before: "a.example", after: "b.example" },
    { path: "hosts[1]", before: "y", after: "z" },
    { path: "hosts[2]", before: undefined, after: "w" },
    { path: "old", before: 1, after: undefined },
    { path: '"odd key"', before: true, after: false },
    { path: "added", before: undefined, after: { a: 1 } },
  ]);
});

test("a secret that was replaced is one difference, with both fingerprints", () => {
  expect(configDifferences({ token: secret("a1") }, { token: secret("b2"), other: secret("c3") })).toEqual([
    { path: "token", before: secret("a1"), after: secret("b2") },
    { path: "other", before: undefined, after: secret("c3") },
  ]);
});

test("a config that was added, removed or is of another kind differs as a whole", () => {
  expect(configDifferences(null, { a: 1 })).toEqual([{ path: "", before: null, after: { a: 1 } }]);
  expect(configDifferences({ a: 1 }, [1])).toEqual([{ path: "", before: { a: 1 }, after: [1] }]);
  expect(configDifferences({ a: 1 }, { a: 1 })).toEqual([]);
});
