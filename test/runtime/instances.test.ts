import { type CreateContext, definePlugin, type PluginItem } from "plugbay";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "./collect-warnings.ts";
import { Gate } from "./gate.ts";
import { settle } from "./manual-clock.ts";
import { itemOf, Workbench } from "./workbench.ts";

const identity = { name: "sms", module: "apps/channels" };
const alice = { actor: "alice" };
const config = z.object({ from: z.string().default("nobody") });
const sendsFrom = (context: CreateContext<z.infer<typeof config>>) => new Sender(context.config.from);

describe("a singleton", () => {
  test("is made once, before it is asked for, from its item", async () => {
    const contexts: CreateContext<undefined>[] = [];
    const sms = definePlugin(otp, {
      ...identity,
      create: (context) => {
        contexts.push(context);
        return new Sender("sms");
      },
    });
    const plugbay = await (await Workbench.create()).open([otp, sms]);
    expect(contexts).toHaveLength(1);
    expect(contexts[0]?.item).toBe(plugbay.items(otp)[0]);
    expect(contexts[0]?.config).toBeUndefined();
    expect(contexts[0]?.signal.aborted).toBe(false);
    plugbay.get(otp);
    plugbay.getAll(otp);
    expect(contexts).toHaveLength(1);
  });

  test("is kept across changes of status, priority and description", async () => {
    const plugbay = await (await Workbench.create()).open([otp, senderPlugin("sms"), senderPlugin("mail")]);
    const item = itemOf(plugbay.items(otp), "sms");
    const before = plugbay.getById(otp, item.id);
    await plugbay.control.updateItem(item.id, { priority: -3, description: "New" }, alice);
    expect(plugbay.get(otp)).toBe(before);
    await plugbay.control.updateItem(item.id, { status: "disable" }, alice);
    expect(plugbay.getById(otp, item.id)).toBeUndefined();
    await plugbay.control.updateItem(item.id, { status: "reserve" }, alice);
    expect(plugbay.getById(otp, item.id)).toBe(before);
  });

  test("is kept across syncs and refreshes", async () => {
    const plugbay = await (await Workbench.create()).open([otp, senderPlugin("sms")]);
    const before = plugbay.get(otp);
    await plugbay.sync({ mode: "update", prune: true });
    await plugbay.refresh();
    expect(plugbay.get(otp)).toBe(before);
  });

  test("is made anew when its config becomes another, and not when it is only written again", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([otp, definePlugin(otp, { ...identity, config, create: sendsFrom })]);
    const [item] = plugbay.items(otp);
    expect(plugbay.get(otp)?.by).toBe("nobody");

    await bench.edit(item, { config: { from: "4411" } });
    await plugbay.refresh();
    const configured = plugbay.get(otp);
    expect(configured?.by).toBe("4411");

    await bench.edit(item, { config: { from: "4411" } });
    await plugbay.refresh();
    expect(plugbay.get(otp)).toBe(configured);
  });

  test("of each item is its own: two items of one plugin have two instances", async () => {
    const bench = await Workbench.create();
    const byLabel = otp.withSelector(({ active }, label: string) =>
      active.find((item) => item.label === label),
    );
    const plugbay = await bench.open([
      byLabel,
      definePlugin(otp, { ...identity, config, create: sendsFrom }),
    ]);
    await bench.add(plugbay.items(byLabel)[0], {
      id: crypto.randomUUID(),
      label: "NL",
      config: { from: "31" },
    });
    await plugbay.refresh();
    expect(plugbay.get(byLabel, "")?.by).toBe("nobody");
    expect(plugbay.get(byLabel, "NL")?.by).toBe("31");
  });

  test("of a disabled item is not made before it is wanted", async () => {
    let made = 0;
    const sms = senderPlugin("sms", {
      status: "disable",
      create: () => {
        made += 1;
        return new Sender("sms");
      },
    });
    const plugbay = await (await Workbench.create()).open([otp, sms]);
    const [item] = plugbay.items(otp);
    expect(made).toBe(0);
    await plugbay.control.updateItem(item?.id ?? "", { status: "active" }, alice);
    expect(made).toBe(1);
    expect(plugbay.get(otp)?.by).toBe("sms");
  });
});

describe("a class", () => {
  test("is constructed with the context that create gets", async () => {
    class Configured extends Sender {
      constructor({ config, item }: CreateContext<{ from: string }>) {
        super(`${item.name} from ${config.from}`);
      }
    }
    const plugin = definePlugin(otp, { ...identity, config, class: Configured });
    const plugbay = await (await Workbench.create()).open([otp, plugin]);
    expect(plugbay.get(otp)?.by).toBe("sms from nobody");
  });
});

describe("a config that its schema refuses", () => {
  test("makes the item failed, says what is wrong with it, and is taken when it is right", async () => {
    const warnings = collectWarnings();
    const bench = await Workbench.create();
    const strict = z.object({ smtp: z.object({ port: z.number() }) });
    const plugin = definePlugin(otp, {
      ...identity,
      config: strict,
      create: ({ config }) => new Sender(`port ${config.smtp.port}`),
    });
    const plugbay = await bench.open([otp, plugin]);
    const { module, name } = plugin;
    const config = { smtp: { port: 465 } };
    const by = { actor: "alice" };
    const item = await plugbay.control.createItem({ type: otp, module, name, label: "eu", config }, by);
    expect(plugbay.get(otp)?.by).toBe("port 465");

    await bench.edit(item, { config: {} });
    await plugbay.refresh();
    const issues = [{ path: ["smtp"], message: expect.any(String) }];
    expect(plugbay.explain(otp)).toMatchObject([
      {
        readiness: { kind: "failed" },
        error: { name: "MisconfiguredError", code: "PLUGIN_MISCONFIGURED", issues },
      },
    ]);
    expect(warnings.join()).toContain('plugin "sms" of module "apps/channels"');

    await bench.edit(item, { config: { smtp: { port: "25" } } });
    await plugbay.refresh();
    expect(plugbay.explain(otp)[0]?.error?.message).toMatch(/is misconfigured: smtp\.port: .*number/);

    await bench.edit(item, { config: { smtp: { port: 25 } } });
    await plugbay.refresh();
    expect(plugbay.get(otp)?.by).toBe("port 25");
  });

  test("by an asynchronous schema is waited for", async () => {
    const asynchronous = config.refine(async ({ from }) => from !== "spam", "not from spam");
    const bench = await Workbench.create();
    const plugin = definePlugin(otp, { ...identity, config: asynchronous, create: sendsFrom });
    const plugbay = await bench.open([otp, plugin]);
    expect(plugbay.get(otp)?.by).toBe("nobody");
    collectWarnings();
    await bench.edit(plugbay.items(otp)[0], { config: { from: "spam" } });
    await plugbay.refresh();
    expect(plugbay.explain(otp)[0]?.error?.message).toContain("not from spam");
  });
});

describe("a transient plugin", () => {
  let made = 0;
  const transient = definePlugin(otp, {
    ...identity,
    lifetime: "transient",
    create: () => {
      made += 1;
      return new Sender(`sms ${made}`);
    },
  });

  test("is made anew at each call, and not before", async () => {
    made = 0;
    const plugbay = await (await Workbench.create()).open([otp, transient]);
    expect(made).toBe(0);
    expect(plugbay.get(otp)?.by).toBe("sms 1");
    expect(plugbay.require(otp).by).toBe("sms 2");
    expect(plugbay.getAll(otp)[0]?.by).toBe("sms 3");
    expect(plugbay.getById(otp, plugbay.items(otp)[0]?.id ?? "")?.by).toBe("sms 4");
    expect(await plugbay.run(otp, (sender) => sender.by)).toBe("sms 5");
  });

  test("is ready without having been made", async () => {
    const plugbay = await (await Workbench.create()).open([otp, transient]);
    expect(plugbay.explain(otp)).toMatchObject([{ reason: "selected", readiness: { kind: "ready" } }]);
  });

  test("is made from the item as it is now", async () => {
    const seen: PluginItem[] = [];
    const watched = definePlugin(otp, {
      ...identity,
      lifetime: "transient",
      create: ({ item }) => {
        seen.push(item);
        return new Sender("sms");
      },
    });
    const plugbay = await (await Workbench.create()).open([otp, watched]);
    await plugbay.control.updateItem(plugbay.items(otp)[0]?.id ?? "", { priority: 7 }, alice);
    plugbay.get(otp);
    expect(seen).toEqual(plugbay.items(otp));
  });

  test("that cannot be made is passed over for the next one, at once", async () => {
    const moody = definePlugin(otp, {
      ...identity,
      lifetime: "transient",
      create: () => {
        throw new Error("out of sockets");
      },
    });
    const plugbay = await (await Workbench.create()).open([
      otp,
      moody,
      senderPlugin("mail", { priority: 1 }),
    ]);
    expect(plugbay.get(otp)?.by).toBe("mail");
    expect(plugbay.explain(otp)).toMatchObject([
      { reason: "failed", error: { message: expect.stringContaining("out of sockets") } },
      { reason: "selected" },
    ]);
  });

  test("whose create turns out to be asynchronous is failed, with that as the reason", async () => {
    const disposed: unknown[] = [];
    const asynchronous = definePlugin(otp, {
      ...identity,
      lifetime: "transient",
      create: (async () => new Sender("late")) as never,
      dispose: (instance) => void disposed.push(instance.by),
    });
    const plugbay = await (await Workbench.create()).open([otp, asynchronous]);
    expect(plugbay.get(otp)).toBeUndefined();
    expect(plugbay.explain(otp)[0]?.error?.message).toContain("is transient, but its create is asynchronous");
    await settle();
    expect(disposed).toEqual(["late"]);
  });
});

describe("an asynchronous create", () => {
  test("is awaited before plugbay opens, all of them together", async () => {
    const gate = new Gate();
    const waiting = (name: string) =>
      senderPlugin(name, {
        create: async () => {
          await gate.passed;
          return new Sender(name);
        },
      });
    let opened = false;
    const bench = await Workbench.create();
    const opening = bench.open([otp, waiting("a"), waiting("b")]).then((plugbay) => {
      opened = true;
      return plugbay;
    });
    await settle();
    expect(opened).toBe(false);
    gate.open();
    expect((await opening).getAll(otp)).toHaveLength(2);
  });

  test("of a changed item is awaited by who looks for changes, while the old one serves under the new row", async () => {
    const bench = await Workbench.create();
    let gate: Gate | undefined;
    const plugin = definePlugin(otp, {
      ...identity,
      config,
      create: async (context) => {
        await gate?.passed;
        return sendsFrom(context);
      },
    });
    const plugbay = await bench.open([otp, plugin]);
    gate = new Gate();
    await bench.edit(plugbay.items(otp)[0], { config: { from: "4411" } });
    const refresh = plugbay.refresh();
    await settle();
    expect(plugbay.get(otp)?.by).toBe("nobody");
    expect(plugbay.items(otp)[0]?.config).toEqual({ from: "4411" });
    expect(plugbay.readiness(itemOf(plugbay.items(otp), "sms")).kind).toBe("ready");
    gate.open();
    await refresh;
    expect(plugbay.get(otp)?.by).toBe("4411");
  });

  test("of a disabled item is started by the first demand, once, and there for a later one", async () => {
    let made = 0;
    const slow = senderPlugin("slow", {
      status: "disable",
      create: async () => {
        made += 1;
        return new Sender("slow");
      },
    });
    const plugbay = await (await Workbench.create()).open([otp, slow]);
    const demand = () => plugbay.getById(otp, plugbay.items(otp)[0]?.id ?? "", { includeDisabled: true });
    expect(demand()).toBeUndefined();
    expect(demand()).toBeUndefined();
    await settle();
    expect(demand()?.by).toBe("slow");
    expect(made).toBe(1);
  });
});

describe("a disabled item on demand", () => {
  test("is told of when it is there: at once, where it can be made at once", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open([otp, senderPlugin("mail", { status: "disable" })]);
    const told: string[] = [];
    plugbay.on("readiness", ({ item, readiness }) => void told.push(`${item.name} is ${readiness.kind}`));
    const demand = () => plugbay.getById(otp, plugbay.items(otp)[0]?.id ?? "", { includeDisabled: true });
    expect([demand()?.by, demand()?.by, told]).toEqual(["mail", "mail", ["mail is ready"]]);
  });

  test("is made from the config that it has now", async () => {
    const bench = await Workbench.create();
    const plugin = definePlugin(otp, { ...identity, status: "disable", config, create: sendsFrom });
    const plugbay = await bench.open([otp, plugin]);
    const [item] = plugbay.items(otp);
    const demand = () => plugbay.getById(otp, item?.id ?? "", { includeDisabled: true })?.by;
    expect(demand()).toBe("nobody");
    await bench.edit(item, { config: { from: "4411" } });
    await plugbay.refresh();
    expect(demand()).toBe("4411");
  });

  test("that cannot be made is tried again a second later at the latest, not at every call", async () => {
    const bench = await Workbench.create();
    const warnings = collectWarnings();
    let attempts = 0;
    const create = (): never => {
      attempts += 1;
      throw new Error("no credit");
    };
    const plugbay = await bench.open([otp, definePlugin(otp, { ...identity, status: "disable", create })]);
    const demand = () => plugbay.getById(otp, plugbay.items(otp)[0]?.id ?? "", { includeDisabled: true });
    for (let call = 0; call < 10; call += 1) expect(demand()).toBeUndefined();
    expect(attempts).toBe(1);
    await bench.clock.advance(1_000);
    expect(demand()).toBeUndefined();
    expect(attempts).toBe(2);
    expect(warnings).toHaveLength(2);
  });
});
