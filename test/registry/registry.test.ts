import {
  createRegistry,
  type Definitions,
  DuplicatePluginError,
  DuplicateTypeError,
  definePlugin,
  definePluginType,
  InvalidDefinitionError,
  type PluginOptions,
  UnknownTypeError,
} from "plugbay";
import { describe, expect, test } from "vitest";
import { type OtpSender, otp, Sender, senderPlugin } from "../definition/otp.ts";

const type = (manager: string, name: string, aliases: readonly string[] = []) =>
  definePluginType<OtpSender>({ manager, name, aliases, methods: { sendOtp: "required" } });

const plugin = (module: string, name: string, aliases: PluginOptions<OtpSender, undefined>["aliases"] = []) =>
  definePlugin(otp, { module, name, aliases, create: () => new Sender(name) });

/** A registry's contents as text. */
const contents = (registry: ReturnType<typeof createRegistry>) =>
  registry.types().map((one) => ({
    type: `${one.manager} ${one.name}`,
    plugins: registry.plugins(one).map(({ module, name }) => `${module} ${name}`),
  }));

describe("a registry takes types and plugins", () => {
  const sms = senderPlugin("sms");
  const mail = senderPlugin("mail");
  const expected = [{ type: "apps/otp otp", plugins: ["apps/channels sms", "apps/channels mail"] }];

  test.each<[string, Definitions]>([
    ["in one list", [otp, sms, mail]],
    ["plugins before their type", [sms, mail, otp]],
    ["nested", [[sms, [[mail]]], [], [[[otp]]]]],
    ["given twice, as by two modules that list what they need", [otp, sms, [otp, sms, mail]]],
  ])("%s", (_title, definitions) => {
    expect(contents(createRegistry(definitions))).toEqual(expected);
  });

  test("one by one, in separate calls", () => {
    const registry = createRegistry();
    expect(registry.types()).toEqual([]);
    registry.register(otp);
    registry.register(sms, mail);
    expect(contents(registry)).toEqual(expected);
  });

  test("and finds them by identity, former ones apart", () => {
    const old = senderPlugin("new", { aliases: ["old"] });
    const renamed = type("apps/otp", "code", ["pin"]);
    const registry = createRegistry([otp, old, renamed]);
    expect(registry.plugin(otp, "apps/channels", "new")).toBe(old);
    expect(registry.plugin(otp, "apps/channels", "old")).toBeUndefined();
    expect(registry.type({ manager: "apps/otp", name: "code" })).toBe(renamed);
    expect(registry.type({ manager: "apps/otp", name: "pin" })).toBeUndefined();
    expect(registry.plugins(type("apps/none", "none"))).toEqual([]);
  });

  test.each([
    ["a string", "otp", "a value of type string"],
    ["null", null, "null"],
    ["undefined", undefined, "a value of type undefined"],
    ["a class", Sender, "a value of type function"],
    ["a plain object", { name: "otp", manager: "apps/otp" }, "a value of type object"],
  ])("and nothing else: %s", (_title, value, message) => {
    const register = () => createRegistry([otp, [value as never]]);
    expect(register).toThrow(InvalidDefinitionError);
    expect(register).toThrow(
      `"plugins" has ${message}, which neither definePluginType nor definePlugin made`,
    );
  });
});

describe("identities are pairs, compared by code unit", () => {
  test.each<[string, [string, string], [string, string]]>([
    ["the parts of a pair do not run into each other", ["x-by-y", "z"], ["x", "y-by-z"]],
    ["a slash is part of a name", ["a/b", "c"], ["a", "b/c"]],
    ["case counts", ["apps", "sms"], ["apps", "SMS"]],
    ["accents count", ["apps", "cafe"], ["apps", "café"]],
    ["normalization counts", ["apps", "caf\u00e9"], ["apps", "cafe\u0301"]],
    ["the same name in two modules", ["apps", "sms"], ["other", "sms"]],
    ["names of object members", ["__proto__", "constructor"], ["constructor", "__proto__"]],
  ])("%s", (_title, one, other) => {
    expect(createRegistry([otp, plugin(...one), plugin(...other)]).plugins(otp)).toHaveLength(2);
    expect(createRegistry([type(...one), type(...other)]).types()).toHaveLength(2);
  });
});

describe("a registry refuses", () => {
  test("two types of one identity", () => {
    const register = () => createRegistry([type("apps/otp", "otp"), type("apps/otp", "otp")]);
    expect(register).toThrow(DuplicateTypeError);
    expect(register).toThrow('plugin type "otp" of "apps/otp" is declared twice');
    expect(register).toThrow(expect.objectContaining({ code: "DUPLICATE_TYPE" }));
  });

  test("a type beside its variant with a selector", () => {
    expect(() => createRegistry([otp, otp.withSelector(() => undefined)])).toThrow(DuplicateTypeError);
  });

  test("two plugins of one identity, also in separate calls", () => {
    const register = () => createRegistry([otp, senderPlugin("sms"), senderPlugin("sms")]);
    expect(register).toThrow(DuplicatePluginError);
    expect(register).toThrow(
      'plugin "sms" of module "apps/channels" is declared twice for plugin type "otp" of "apps/otp"',
    );
    const registry = createRegistry([otp, senderPlugin("sms")]);
    expect(() => registry.register(senderPlugin("sms"))).toThrow(DuplicatePluginError);
  });

  test("a plugin whose type is not there", () => {
    const register = () => createRegistry(senderPlugin("sms"));
    expect(register).toThrow(UnknownTypeError);
    expect(register).toThrow(
      'plugin "sms" of module "apps/channels" is for plugin type "otp" of "apps/otp", which is not registered',
    );
    expect(register).toThrow(
      expect.objectContaining({
        code: "UNKNOWN_TYPE",
        type: expect.objectContaining({ manager: "apps/otp", name: "otp" }),
        plugin: expect.objectContaining({ module: "apps/channels", name: "sms" }),
      }),
    );
  });
});

describe("a former identity has one heir", () => {
  test.each<[string, Definitions]>([
    ["two types with one alias", [type("m", "a", ["old"]), type("m", "b", ["old"])]],
    ["an alias that is another type's name", [type("m", "a", ["b"]), type("m", "b")]],
    ["an alias that is another type's name, registered first", [type("m", "b"), type("m", "a", ["b"])]],
    ["an alias that is the type's own name", [type("m", "a", ["a"])]],
    ["an alias given twice", [type("m", "a", ["old", "old"])]],
  ])("among types: %s is refused", (_title, definitions) => {
    expect(() => createRegistry(definitions)).toThrow(DuplicateTypeError);
  });

  test.each<[string, Definitions]>([
    ["two plugins with one alias", [plugin("m", "a", ["old"]), plugin("m", "b", ["old"])]],
    ["an alias that is another plugin's name", [plugin("m", "a", ["b"]), plugin("m", "b")]],
    ["an alias that is another plugin's name, registered first", [plugin("m", "b"), plugin("m", "a", ["b"])]],
    ["an alias in the other's module", [plugin("m", "a", [{ module: "n", name: "b" }]), plugin("n", "b")]],
    ["an alias that is the plugin's own name", [plugin("m", "a", ["a"])]],
  ])("among plugins: %s is refused", (_title, definitions) => {
    expect(() => createRegistry([otp, definitions])).toThrow(DuplicatePluginError);
  });

  test("an alias that arrives later than the name it would take is refused as well", () => {
    const registry = createRegistry([otp, plugin("m", "b")]);
    expect(() => registry.register(plugin("m", "a", ["b"]))).toThrow(DuplicatePluginError);
    expect(() => registry.register(type("apps/otp", "code", ["otp"]))).toThrow(DuplicateTypeError);
  });

  test("a name that arrives later than the alias that has it is refused as well", () => {
    const registry = createRegistry([otp, type("m", "a", ["b"]), plugin("m", "a", ["b"])]);
    expect(() => registry.register(type("m", "b"))).toThrow(DuplicateTypeError);
    expect(() => registry.register(plugin("m", "b"))).toThrow(DuplicatePluginError);
    expect(registry.types().map(({ name }) => name)).toEqual(["otp", "a"]);
  });

  test("the alias that two plugins claim is named, not one of them", () => {
    const claim = () => createRegistry([otp, plugin("m", "a", ["old"]), plugin("m", "b", ["old"])]);
    expect(claim).toThrow('plugin "old" of module "m"');
  });

  test("the same former name in another module, or of another type, is no collision", () => {
    const code = type("apps/otp", "code");
    const coded = definePlugin(code, {
      module: "m",
      name: "x",
      aliases: ["old"],
      create: () => new Sender("x"),
    });
    const definitions = [otp, code, coded, plugin("m", "a", ["old"]), plugin("n", "b", ["old"])];
    expect(createRegistry(definitions).plugins(otp)).toHaveLength(2);
  });
});

describe("registering is all or nothing", () => {
  test.each<[string, Definitions]>([
    ["a duplicate plugin", senderPlugin("sms")],
    ["a duplicate type", type("apps/otp", "otp")],
    ["an alias collision", senderPlugin("mail", { aliases: ["sms"] })],
    [
      "a plugin of an unknown type",
      definePlugin(type("m", "t"), { module: "m", name: "p", create: () => new Sender("p") }),
    ],
  ])("%s leaves the registry as it was, listeners uncalled", (_title, refused) => {
    const registry = createRegistry([otp, senderPlugin("sms")]);
    const before = contents(registry);
    let calls = 0;
    registry.onRegister(() => {
      calls += 1;
    });
    const good = [type("apps/pay", "gateway", ["till"]), senderPlugin("good", { aliases: ["better"] })];
    expect(() => registry.register(good, refused)).toThrow();
    expect(contents(registry)).toEqual(before);
    expect(calls).toBe(0);
    registry.register(good);
    expect(calls).toBe(1);
  });

  test("a listener hears what is new, and nothing where all of it was there", () => {
    const [sms, mail] = [senderPlugin("sms"), senderPlugin("mail")];
    const gateway = type("apps/pay", "gateway");
    const registry = createRegistry([otp, sms]);
    const heard: unknown[] = [];
    registry.onRegister((added) => heard.push(added));
    registry.register(otp, [sms]);
    expect(heard).toEqual([]);
    registry.register([otp, gateway, gateway], sms, mail);
    expect(heard).toEqual([{ types: [gateway], plugins: [mail] }]);
  });

  test("a listener that subscribed twice is called twice, until it has unsubscribed twice", () => {
    const registry = createRegistry(otp);
    let calls = 0;
    const listener = () => {
      calls += 1;
    };
    const subscriptions = [registry.onRegister(listener), registry.onRegister(listener)];
    registry.register(senderPlugin("sms"));
    expect(calls).toBe(2);
    subscriptions[1]?.();
    subscriptions[1]?.();
    registry.register(senderPlugin("mail"));
    expect(calls).toBe(3);
    subscriptions[0]?.();
    registry.register(senderPlugin("post"));
    expect(calls).toBe(3);
  });

  test("a listener that unsubscribed is not called", () => {
    const registry = createRegistry(otp);
    let calls = 0;
    const unsubscribe = registry.onRegister(() => {
      calls += 1;
    });
    unsubscribe();
    registry.register(senderPlugin("sms"));
    expect(calls).toBe(0);
  });
});
