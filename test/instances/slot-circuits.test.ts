import { definePluginType, type PluginItem } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import type { SeenPhase } from "../../src/instances/circuit-state.ts";
import type { Fleet, SeenItem } from "../../src/instances/slot-circuits.ts";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { configurable, InstancesBench, policy } from "./instances-bench.ts";

/** Another type, whose items stand aside for the same reasons. */
const push = definePluginType<OtpSender>({
  ...{ name: "push", manager: "apps/otp", methods: { sendOtp: "required" } },
});

/** The other processes: what they know, and what they hear. */
class Others implements Fleet {
  readonly heard: string[] = [];
  readonly known = new Map<string, SeenItem>();
  readonly found: Fleet["found"] = ({ item }) => void this.heard.push(`found ${item.name}`);
  readonly wanted: Fleet["wanted"] = ({ item }, isWell) =>
    void this.heard.push(`wanted ${item.name}${isWell ? ", which is well" : ""}`);
  readonly seen: Fleet["seen"] = ({ id }) => this.known.get(id);
  readonly forget: Fleet["forget"] = ({ name }) => void this.heard.push(`forget ${name}`);
  readonly release: Fleet["release"] = async () => undefined;
}

let bench: InstancesBench;
let others: Others;
beforeEach(() => {
  bench = new InstancesBench(push, senderPlugin("sms"), senderPlugin("mail"));
  others = new Others();
  bench.instances.circuits.fleet = others;
});

const seen = (phase: Partial<SeenPhase> | undefined, rest: Partial<SeenItem> = {}): SeenItem => ({
  phase: phase && { kind: "open", leftMs: 100, coolingMs: 100, isOurs: false, claimableMs: 0, ...phase },
  isUnauthorized: false,
  exhaustedMs: undefined,
  failures: undefined,
  ...rest,
});

/** What is heard from here on. */
const news = () => others.heard.splice(0);
const adopt = (item: PluginItem, known: SeenItem | undefined) =>
  bench.instances.circuits.adopt(bench.slot(item), known);

describe("a new slot", () => {
  test("starts from what is known of its item, also with the failures", () => {
    const failures = { count: 7, error: undefined, at: 5 };
    others.known.set("id-sms", seen({}, { failures }));
    const sms = bench.put("sms");
    expect(bench.instances.readiness(sms)).toEqual({
      kind: "cooling",
      reason: "circuit",
      until: bench.clock.now() + 100,
      failures,
    });
  });

  test("tells nothing of what is known while the one before still serves", () => {
    let isFirst = true;
    const create = (): OtpSender | Promise<OtpSender> => {
      if (!isFirst) return new Promise<never>(() => undefined);
      isFirst = false;
      return new Sender("slow");
    };
    bench = new InstancesBench(configurable("slow", create));
    bench.instances.circuits.fleet = others;
    bench.put("slow");
    others.known.set("id-slow", seen({}));
    const slow = bench.put("slow", { config: 1 });
    expect(bench.instances.isOffered(slow)).toBe(true);
    expect(bench.told).toEqual([]);
  });

  test("has no circuit where nothing is known", () => {
    const sms = bench.put("sms");
    adopt(sms, undefined);
    expect(bench.slot(sms).circuit).toBeUndefined();
    expect(bench.slot(sms).failures).toBeUndefined();
  });
});

test("at first nothing is another process's to try", () => {
  expect(new InstancesBench().instances.circuits.hasElsewhere).toBe(false);
});

test("what nobody finds wrong any more is used again, and its failures are forgotten", () => {
  const sms = bench.put("sms");
  adopt(sms, seen({}, { isUnauthorized: true, exhaustedMs: 50, failures: { count: 1, error: 0, at: 0 } }));
  expect(bench.instances.readiness(sms).kind).toBe("cooling");
  adopt(sms, undefined);
  expect(bench.instances.readiness(sms)).toEqual({ kind: "ready" });
  expect(bench.slot(sms).failures).toBeUndefined();
  expect(bench.told).toEqual(["sms: cooling", "sms: ready"]);
  expect(bench.slot(sms).circuit?.finding).toEqual({
    circuit: { kind: "closed" },
    isUnauthorized: false,
    exhaustedMs: undefined,
  });
});

describe("what was known of an item is forgotten", () => {
  test("when it is gone, or its config is another", () => {
    const sms = bench.put("sms");
    bench.put("sms", { config: { a: 1 }, configVersion: sms.configVersion });
    expect(news()).toEqual(["forget sms"]);
    bench.instances.update([], [sms.id]);
    expect(news()).toEqual(["forget sms"]);
    bench.instances.update([], [sms.id]);
    expect(news()).toEqual([]);
  });

  test("not when it is only disabled: it may be back", () => {
    bench = new InstancesBench(senderPlugin("slow", { create: () => new Promise<never>(() => undefined) }));
    bench.instances.circuits.fleet = others;
    const slow = bench.put("slow");
    bench.put("slow", { status: "disable" });
    expect(bench.instances.slotOf(slow.id)).toBeUndefined();
    expect(news()).toEqual([]);
  });
});

describe("a call asks for the right to try what another process is to try", () => {
  test("where that made nothing of it", async () => {
    const { circuits } = bench.instances;
    const sms = bench.put("sms");
    const mail = bench.put("mail");
    adopt(sms, seen({}));
    adopt(mail, seen({ isOurs: true }));
    expect(circuits.hasElsewhere).toBe(true);
    circuits.want(otp);
    expect(news()).toEqual(["wanted sms"]);
    circuits.want(push);
    expect(news()).toEqual([]);
  });

  const hold = { reason: "maintenance", by: "alice", since: "2030-01-01T00:00:00.000Z" };
  test.each([
    ["held", { hold }],
    ["disabled", { status: "disable" }],
  ] as const)("not for one that is %s", (_, patch) => {
    const { circuits } = bench.instances;
    adopt(bench.put("sms"), seen({}));
    bench.put("sms", patch);
    circuits.want(otp);
    expect(news()).toEqual([]);
    bench.put("sms");
    circuits.want(otp);
    expect(news()).toEqual(["wanted sms"]);
  });

  test("not for one that fails its health checks", () => {
    const { circuits } = bench.instances;
    const sms = bench.put("sms");
    adopt(sms, seen({}));
    bench.instances.diagnose(bench.slot(sms), { error: new Error("is ill"), retryAt: 0 });
    circuits.want(otp);
    expect(news()).toEqual([]);
  });

  test("not for one whose instance is not there yet", () => {
    bench = new InstancesBench(senderPlugin("slow", { create: () => new Promise<never>(() => undefined) }));
    bench.instances.circuits.fleet = others;
    adopt(bench.put("slow"), seen({}));
    bench.instances.circuits.want(otp);
    expect(news()).toEqual([]);
  });

  test("for all of them, until none is left that another is to try", () => {
    const { circuits } = bench.instances;
    const sms = bench.put("sms");
    const mail = bench.put("mail");
    adopt(sms, seen({}));
    adopt(mail, seen({}));
    circuits.want(otp);
    expect(news()).toEqual(["wanted sms", "wanted mail"]);
    adopt(sms, undefined);
    circuits.want(otp);
    expect(news()).toEqual(["wanted mail"]);
    expect(circuits.hasElsewhere).toBe(true);
    adopt(mail, undefined);
    circuits.want(otp);
    expect(circuits.hasElsewhere).toBe(false);
    expect(news()).toEqual([]);
  });

  test("not for one that this process is to try", () => {
    const { circuits } = bench.instances;
    expect(circuits.hasElsewhere).toBe(false);
    adopt(bench.put("sms"), seen({ isOurs: true }));
    expect(circuits.hasElsewhere).toBe(false);
    circuits.want(otp);
    expect(news()).toEqual([]);
  });

  test("not for one of which something is heard when it is gone", () => {
    const { circuits } = bench.instances;
    const sms = bench.put("sms");
    const slot = bench.slot(sms);
    circuits.adopt(slot, seen({}));
    bench.instances.update([], [sms.id]);
    circuits.adopt(slot, seen({}));
    circuits.want(otp);
    expect(news()).toEqual(["forget sms"]);
    expect(circuits.hasElsewhere).toBe(false);
  });

  test("not for one that is gone", () => {
    const { circuits } = bench.instances;
    const sms = bench.put("sms");
    adopt(sms, seen({}));
    bench.instances.update([], [sms.id]);
    expect(circuits.hasElsewhere).toBe(false);
    circuits.want(otp);
    expect(news()).toEqual(["forget sms"]);
  });
});

test("what is found of an instance is told to the others, and that a check passed of one that is theirs to try", () => {
  const sms = bench.put("sms");
  bench.fail(sms, 3);
  expect(news()).toEqual(["found sms"]);
  adopt(sms, seen({ claimableMs: 1_000 }));
  bench.slot(sms).circuit?.letProbe();
  expect(news()).toEqual(["wanted sms, which is well"]);
});

describe("a release", () => {
  test("makes no circuit where nothing was wrong and nothing is under way", () => {
    const sms = bench.put("sms");
    bench.instances.forgive(sms);
    expect(bench.slot(sms).circuit).toBeUndefined();
  });

  test("counts for the calls that are under way, though nothing was wrong yet", () => {
    const sms = bench.put("sms");
    const lease = bench.instances.lease(sms, "call");
    bench.instances.forgive(sms);
    lease?.record("unauthorized", policy);
    expect(bench.instances.readiness(sms)).toEqual({ kind: "ready" });
    bench.fail(sms, 1, "unauthorized");
    expect(bench.instances.readiness(sms)).toMatchObject({ kind: "cooling", reason: "unauthorized" });
  });

  test("puts what was aside back into use", () => {
    const sms = bench.put("sms");
    bench.fail(sms, 3);
    bench.instances.forgive(sms);
    expect(bench.told).toEqual(["sms: cooling", "sms: ready"]);
  });

  test("of what is not there does nothing", () => {
    const sms = bench.put("sms");
    bench.instances.update([], [sms.id]);
    expect(() => bench.instances.forgive(sms)).not.toThrow();
  });
});
