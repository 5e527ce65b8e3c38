import { expect, test } from "vitest";
import { configDigest } from "../../src/secrets/config-digest.ts";
import { attend } from "../../src/seeing/attention/attend.ts";
import type { ReportedTrouble, ServedType } from "../../src/store/process-row.ts";
import { at, evidence, now, seen, snapshotWith } from "./fleet.ts";

const served = (how: ServedType["how"], since: number, name: string | null = "mail"): ServedType => ({
  typeId: "type otp",
  itemId: name && `item ${name}`,
  how,
  since: at(since),
});

const trouble = (
  state: ReportedTrouble["state"],
  since: number,
  message: string | null = null,
): ReportedTrouble => ({
  ...{ itemId: "item sms", state, since: at(since), message, failedCalls: 0, until: null },
});

const codesOf = (found: ReturnType<typeof attend>) => found.map(({ code, gravity }) => `${gravity} ${code}`);

test("a fleet that serves as it should needs no attention", () => {
  const processes = [seen("a", { serves: [served("first-choice", 0, "sms")] }), seen("b")];
  expect(attend(evidence(processes))).toEqual([]);
});

test("a type that nothing serves is the gravest, said once for all processes, and since the first of them said so", () => {
  const processes = [
    seen("a", { serves: [served("none", 50, null)], troubles: [trouble("circuit", 10, "refused")] }),
    seen("b", { serves: [served("none", 40, null)] }),
    seen("c", { serves: [served("lower-choice", 5)] }),
  ];
  const found = attend(evidence(processes));
  expect(codesOf(found)).toEqual(["critical unserved", "warning lower-choice", "warning item-circuit"]);
  expect(found[0]).toEqual({
    key: "unserved type otp",
    code: "unserved",
    gravity: "critical",
    type: { id: "type otp", manager: "apps/otp", name: "otp" },
    message: 'nothing serves plugin type "otp" of "apps/otp" in 2 of 3 processes',
    fix: "mend what keeps its items from serving, or activate another one; see: npx plugbay explain apps/otp/otp",
    details: {},
    mend: { code: "mend-or-activate", command: "npx plugbay explain apps/otp/otp" },
    since: at(40),
    where: { processes: 2, of: 3, ids: ["a", "b"], hosts: ["host-a", "host-b"] },
  });
  expect(found[1]).toMatchObject({
    item: { name: "mail" },
    message: expect.stringContaining("apps/channels:mail"),
  });
  expect(found[2]).toMatchObject({
    item: { id: "item sms", name: "sms" },
    message: expect.stringMatching(/calls fail in 1 of 3 processes: refused$/),
    fix: expect.stringContaining("npx plugbay release apps/channels:sms"),
    details: { causes: ["refused"] },
    mend: { code: "wait-or-release", command: "npx plugbay release apps/channels:sms" },
    since: at(10),
  });
});

test("a type whose items an operator has all disabled is no emergency", () => {
  const snapshot = snapshotWith({ status: "disable" }, { status: "disable" });
  const found = attend(evidence([seen("a", { serves: [served("none", 0, null)] })], { snapshot }));
  expect(codesOf(found)).toEqual(["warning unserved"]);
});

test("a lower choice is as wanted where the first is held", () => {
  const hold = { reason: "billing", by: "alice", since: at(0), until: at(3_600 + 1_800) };
  const processes = [seen("a", { serves: [served("lower-choice", 0)], troubles: [trouble("held", 0)] })];
  const found = attend(evidence(processes, { snapshot: snapshotWith({ hold }) }));
  expect(codesOf(found)).toEqual(["info lower-choice", "info hold-ending"]);
  expect(found[1]).toMatchObject({
    since: at(1_800),
    message: expect.stringContaining(`comes back at ${at(5_400)}, when the hold of alice ends`),
  });
});

test("a lead that ends within an hour is told of, also of an item that is disabled", () => {
  const lead = { by: "alice", since: at(0), until: at(3_600 + 1_800) };
  const found = attend(evidence([seen("a")], { snapshot: snapshotWith({ status: "disable", lead }) }));
  expect(found.find(({ code }) => code === "lead-ending")).toMatchObject({
    gravity: "info",
    since: at(1_800),
    message: expect.stringContaining(`is first until ${at(5_400)}, when the lead that alice gave it ends`),
    fix: expect.stringContaining("npx plugbay serve-now apps/channels:sms --for 1h"),
  });
  const over = attend(
    evidence([seen("a")], { now: Date.parse(at(5_401)), snapshot: snapshotWith({ lead }) }),
  );
  expect(over.map(({ code }) => code)).not.toContain("lead-ending");
});

test("the last resort is critical, and the reserve a warning", () => {
  const processes = [
    seen("a", { serves: [served("last-resort", 9)] }),
    seen("b", { serves: [served("reserve", 1)] }),
  ];
  expect(codesOf(attend(evidence(processes)))).toEqual(["critical last-resort", "warning on-reserve"]);
});

test("what one process found about an item all go by, unless it was found under another config", () => {
  const snapshot = snapshotWith();
  const item = snapshot.item("item sms");
  if (!item) throw new Error("there is no item");
  const state = {
    config: configDigest(item).toString("hex"),
    phase: null,
    isUnauthorized: true,
    exhaustedUntil: now + 90_000,
    failures: { count: 1, error: "401", at: now - 60_000 },
  };
  const rows = [{ itemId: item.id, mark: 1, state }];
  const processes = [seen("a"), seen("b")];
  const found = attend(evidence(processes, { snapshot, circuits: { now: now + 30_000, rows } }));
  expect(codesOf(found)).toEqual(["warning item-unauthorized", "info item-exhausted"]);
  expect(found[0]).toMatchObject({
    since: new Date(now - 90_000).toISOString(),
    where: { processes: 2, of: 2 },
  });
  const other = [{ itemId: item.id, mark: 1, state: { ...state, config: "none" } }];
  expect(attend(evidence(processes, { snapshot, circuits: { now, rows: other } }))).toEqual([]);
});

test("what fails is told once, with its reasons", () => {
  const older = seen("b", { troubles: [trouble("failed", 0, "no licence")], saysWhatServes: false });
  const processes = [seen("a", { troubles: [trouble("failed", 30, "no licence")] }), older];
  expect(attend(evidence(processes))).toMatchObject([
    { code: "item-failed", message: expect.stringMatching(/in all 2 processes: no licence$/), since: at(0) },
  ]);
});

test("an item whose config is refused is told apart from one that fails", () => {
  const processes = [
    seen("a", { troubles: [trouble("misconfigured", 30, "token: is missing")] }),
    seen("b", { troubles: [trouble("failed", 20, "no licence")] }),
  ];
  expect(attend(evidence(processes))).toMatchObject([
    {
      ...{ code: "item-failed", where: { processes: 1, of: 2, ids: ["b"] } },
      mend: { code: "correct-cause" },
    },
    {
      ...{ code: "item-misconfigured", where: { processes: 1, of: 2, ids: ["a"] }, since: at(30) },
      message: expect.stringMatching(/is misconfigured in 1 of 2 processes: token: is missing$/),
      details: { causes: ["token: is missing"] },
      mend: { code: "correct-config", command: "npx plugbay set apps/channels:sms --status disable" },
    },
  ]);
});

test("what an entry says in English is there in parts, too", () => {
  const keys = [{ id: "k1", use: "old", items: 2 }] as const;
  const silent = seen("b", { seenAgoMs: 46_000, version: "1.1" });
  const hold = { reason: "billing", by: "alice", since: at(0), until: at(5_400) };
  const processes = [seen("a", { revision: 5 }), seen("c", { version: "2.0", startedAt: at(60) }), silent];
  const found = attend(
    evidence(processes, { keys, snapshot: snapshotWith({ hold }), changedAfter: () => at(3_500) }),
  );
  const partsOf = (code: string) => {
    const { details, mend } = found.find((entry) => entry.code === code) ?? {};
    return { ...details, mend };
  };
  expect(partsOf("key-old")).toEqual({
    ...{ keyId: "k1", count: 2 },
    mend: { code: "rotate-keys", command: "npx plugbay keys rotate" },
  });
  expect(partsOf("hold-ending")).toEqual({
    ...{ until: at(5_400), by: "alice" },
    mend: { code: "hold-longer", command: "npx plugbay hold apps/channels:sms" },
  });
  expect(partsOf("process-silent")).toEqual({
    ...{ process: "host-b:1 (1.1)", mend: { code: "check-process" } },
  });
  expect(partsOf("process-behind")).toEqual({
    ...{ process: "host-a:1 (1.0)", revision: 5, newest: 7, mend: { code: "check-warnings" } },
  });
  expect(partsOf("versions-differ")).toEqual({
    ...{ names: ["1.0 (1)", "2.0 (1)"], count: 2, mend: { code: "end-deployment" } },
  });
});

test("plugins that processes lack are one entry of their type", () => {
  const snapshot = snapshotWith();
  const missesOf = ({ id }: { readonly id: string }) => (id === "b" ? [...snapshot.items] : []);
  const [found, ...others] = attend(evidence([seen("a"), seen("b")], { snapshot, missesOf }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    code: "item-missing",
    where: { processes: 1, of: 2, ids: ["b"] },
    fix: expect.stringContaining("finish the deployment"),
  });
});

test("a silent process is told of, and what it said last is not gone by", () => {
  const silent = seen("b", { seenAgoMs: 46_000, seenAt: at(3_554), serves: [served("none", 0, null)] });
  const found = attend(evidence([seen("a"), silent]));
  expect(found).toMatchObject([{ code: "process-silent", since: at(3_554), where: { of: 2, ids: ["b"] } }]);
});

test("a process is behind when a change is older than what it said last by more than 20 seconds", () => {
  const processes = [seen("a"), seen("b", { revision: 5 })];
  const behind = (changed: number) =>
    attend(evidence(processes, { changedAfter: (revision) => (revision < 7 ? at(changed) : undefined) }));
  expect(behind(3_580)).toEqual([]);
  expect(behind(3_570)).toMatchObject([{ code: "process-behind", since: at(3_570), where: { ids: ["b"] } }]);
});

test("versions that differ are good to know, and other plugins under one version are a warning", () => {
  const plugins = [{ manager: "apps/otp", type: "otp", module: "apps/channels", name: "mail" }];
  const deploying = [seen("a"), seen("b"), seen("c", { version: "1.1", startedAt: at(60), plugins })];
  expect(attend(evidence(deploying))).toMatchObject([
    { code: "versions-differ", gravity: "info", since: at(60), where: { processes: 1, of: 3, ids: ["c"] } },
  ]);
  const mixed = [seen("a"), seen("b", { plugins, startedAt: at(9) })];
  expect(attend(evidence(mixed))).toMatchObject([
    { code: "registries-differ", gravity: "warning", since: at(9) },
  ]);
});

test("a key that is gone is critical, an earlier one good to know, and so are migrations that are not made", () => {
  const keys = [
    { id: "k1", use: "old", items: 2 },
    { id: "k0", use: "missing", items: 1 },
  ] as const;
  const found = attend(evidence([], { keys, pendingMigrations: ["0009_more"] }));
  expect(codesOf(found)).toEqual(["critical key-lost", "critical migrations-pending", "info key-old"]);
  expect(found[0]?.message).toBe("1 item has secrets under the key k0, which is not among the keys");
});
