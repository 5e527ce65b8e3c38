import { definePlugin, type Plugin } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";
import { schema } from "../definition/schema.ts";
import { Gate } from "../runtime/gate.ts";
import { settle } from "../runtime/manual-clock.ts";
import {
  collectReports,
  configurable,
  InstancesBench,
  type itemOf,
  prepareTimeoutMs,
} from "./instances-bench.ts";

let reports: string[];
let log: string[];
beforeEach(() => {
  reports = collectReports();
  log = [];
});

const subject = 'plugin "sms" of module "apps/channels" for plugin type "otp" of "apps/otp"';

/** What is told of an item that cannot be made. */
function problemOf(plugin: Plugin, patch: Parameters<typeof itemOf>[1] = {}): string {
  const bench = new InstancesBench(plugin);
  const readiness = bench.instances.readiness(bench.put("sms", patch));
  return readiness.kind === "failed" ? readiness.error.message : readiness.kind;
}

describe("what keeps an instance from being made is told", () => {
  test("with what its create threw", () => {
    const create = (): never => {
      throw new Error("no route to host");
    };
    expect(problemOf(senderPlugin("sms", { create }))).toBe(
      `${subject} could not be made ready: no route to host`,
    );
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/: no route to host; it is skipped and tried again\n/);
  });

  test("with what it lacks, and what was made is ended", async () => {
    const plugin = senderPlugin("sms", {
      create: () => ({ by: "half of it" }) as unknown as OtpSender,
      dispose: ({ by }) => void log.push(`end of ${by}`),
    });
    expect(problemOf(plugin)).toContain("could not be made ready: ");
    expect(problemOf(plugin)).toContain("sendOtp");
    await settle();
    expect(log).toEqual(["end of half of it", "end of half of it"]);
  });

  test.each([
    [[{ message: "is no number", path: ["port"] }], "is misconfigured: port: is no number"],
    [undefined, "is misconfigured: its schema threw: it is broken"],
  ])("with what its schema says: %j", (issues, problem) => {
    const config = schema(undefined, () => {
      if (issues === undefined) throw new Error("it is broken");
      return { issues };
    });
    expect(problemOf(configurable("sms", () => new Sender("sms"), undefined, config))).toBe(
      `${subject} ${problem}`,
    );
  });

  test("with the version of a config that is newer than the code", () => {
    const plugin = configurable("sms", () => new Sender("sms"));
    expect(problemOf(plugin, { config: {}, configVersion: 9 })).toContain(
      "is misconfigured: it could not be brought forward: it is of version 9",
    );
  });

  test("when it takes too long, with the time that it had; what comes then is ended", async () => {
    const gate = new Gate();
    const bench = new InstancesBench(
      senderPlugin("sms", {
        create: async () => {
          await gate.passed;
          return new Sender("too late");
        },
        dispose: ({ by }) => void log.push(`end of ${by}`),
      }),
    );
    const sms = bench.put("sms");
    await bench.clock.advance(prepareTimeoutMs - 1);
    expect(bench.instances.readiness(sms).kind).toBe("making");
    await bench.clock.advance(1);
    const error = expect.objectContaining({ message: `${subject} was not ready within 5000 ms` });
    expect(bench.instances.readiness(sms)).toMatchObject({ kind: "failed", error });
    gate.open();
    await settle();
    expect(log).toEqual(["end of too late"]);
    expect(bench.told).toEqual(["sms: failed"]);
  });

  test("where each call is to get its own, but it comes later: that is ended when it comes", async () => {
    const plugin = definePlugin(otp, {
      ...{ name: "sms", module: "apps/channels", lifetime: "transient" },
      create: (async () => new Sender("a promise")) as never,
      dispose: ({ by }) => void log.push(`end of ${by}`),
    });
    const bench = new InstancesBench(plugin);
    const sms = bench.put("sms");
    expect(bench.instances.get(sms)).toBeUndefined();
    await settle();
    expect(log).toEqual(["end of a promise"]);
    const error = { message: `${subject} is transient, but its create is asynchronous` };
    expect(bench.instances.readiness(sms)).toMatchObject({ kind: "failed", error });
  });
});

test("nothing is made for an item that was gone before its schema answered", async () => {
  const gate = new Gate();
  const slow = schema(undefined, async (value) => {
    await gate.passed;
    return { value };
  });
  let calls = 0;
  const create = () => {
    calls += 1;
    return new Sender("sms");
  };
  const bench = new InstancesBench(configurable("sms", create, undefined, slow));
  const sms = bench.put("sms");
  bench.instances.update([], [sms.id]);
  gate.open();
  await settle();
  expect(calls).toBe(0);
});

test("a config is read by the schema, and one that is not there as an empty one", () => {
  const configs: unknown[] = [];
  const plugin = configurable(
    "sms",
    (config) => {
      configs.push(config);
      return new Sender("sms");
    },
    undefined,
    schema(undefined, (value) => ({ value: { read: value } })),
  );
  const bench = new InstancesBench(plugin);
  bench.put("sms");
  bench.put("sms", { config: { port: 1 } });
  expect(configs).toEqual([{ read: {} }, { read: { port: 1 } }]);
});
