import {
  createRegistry,
  definePlugin,
  definePluginType,
  InterfaceNotExtendedError,
  InvalidDefinitionError,
  MissingMethodError,
} from "plugbay";
import { describe, expect, test } from "vitest";

abstract class AbstractGateway {
  abstract charge(cents: number): Promise<string>;
  abstract refund(id: string): Promise<void>;
  describe?(): string;
}

interface Gateway {
  charge(cents: number): Promise<string>;
  refund(id: string): Promise<void>;
  describe?(): string;
}

const identity = { name: "gateway", manager: "apps/payment" };
const methods = { charge: "required", refund: "required", describe: "optional" } as const;
const gateway = definePluginType<Gateway>({ ...identity, methods });
const abstractGateway = definePluginType({ ...identity, methods, interface: AbstractGateway });

/** Registers a class without the compiler's help, as from JavaScript. */
const register = (type: typeof gateway | typeof abstractGateway, implementation: unknown) => () =>
  createRegistry([
    type,
    definePlugin(type, { name: "stripe", module: "apps/stripe", class: implementation as never }),
  ]);

class Complete {
  async charge(): Promise<string> {
    return "receipt";
  }
  async refund(): Promise<void> {}
}

describe("a class is accepted", () => {
  test("with every required method", () => {
    expect(register(gateway, Complete)).not.toThrow();
  });

  test("with methods that it inherits", () => {
    class Inheriting extends Complete {}
    expect(register(gateway, Inheriting)).not.toThrow();
  });

  test("that extends the type's interface, also through another class", () => {
    abstract class Base extends AbstractGateway {
      async refund(): Promise<void> {}
    }
    class Stripe extends Base {
      async charge(): Promise<string> {
        return "receipt";
      }
    }
    expect(register(abstractGateway, Stripe)).not.toThrow();
  });

  test("with getters, which are not asked before there is an instance", () => {
    class Lazy {
      get charge(): () => Promise<string> {
        throw new Error("there is no instance");
      }
      get refund(): unknown {
        throw new Error("there is no instance");
      }
    }
    expect(register(gateway, Lazy)).not.toThrow();
  });

  test("that has an optional method", () => {
    class Described extends Complete {
      describe(): string {
        return "Stripe";
      }
    }
    expect(register(gateway, Described)).not.toThrow();
  });
});

describe("a class is refused", () => {
  test("without a required method, which the error names with the plugin and the type", () => {
    class Incomplete {
      async charge(): Promise<string> {
        return "receipt";
      }
    }
    expect(register(gateway, Incomplete)).toThrow(MissingMethodError);
    expect(register(gateway, Incomplete)).toThrow(
      'plugin "stripe" of module "apps/stripe" does not implement plugin type "gateway" of "apps/payment": class Incomplete',
    );
    expect(register(gateway, Incomplete)).toThrow('has no method "refund"');
    expect(register(gateway, Incomplete)).toThrow(
      expect.objectContaining({ code: "MISSING_METHOD", methods: ["refund"] }),
    );
  });

  test("without several, all of which are named", () => {
    expect(register(gateway, class Empty {})).toThrow('has no method "charge", "refund"');
    expect(register(gateway, class {})).toThrow("write create: () => new ...() instead");
  });

  test("with methods that are arrow functions in fields, and is told so", () => {
    class Fields {
      charge = async () => "receipt";
      refund = async () => {};
    }
    expect(register(gateway, Fields)).toThrow(MissingMethodError);
    expect(register(gateway, Fields)).toThrow(
      "a method must be on the prototype, not an arrow function in a field; for those, write create: () => new Fields()",
    );
  });

  test("with an optional method that is no function", () => {
    class Odd extends Complete {}
    Object.assign(Odd.prototype, { describe: "Stripe" });
    expect(register(gateway, Odd)).toThrow('has no method "describe"');
  });

  test("when it does not extend the type's interface, even with all the methods", () => {
    expect(register(abstractGateway, Complete)).toThrow(InterfaceNotExtendedError);
    expect(register(abstractGateway, Complete)).toThrow(
      'plugin "stripe" of module "apps/stripe" for plugin type "gateway" of "apps/payment": class Complete must extend AbstractGateway',
    );
    expect(register(abstractGateway, Complete)).toThrow(
      expect.objectContaining({ code: "INTERFACE_NOT_EXTENDED" }),
    );
  });

  test("when it still leaves an abstract method undefined", () => {
    class Unfinished extends (AbstractGateway as unknown as new () => object) {
      charge(): void {}
    }
    expect(register(abstractGateway, Unfinished)).toThrow('has no method "refund"');
    expect(register(abstractGateway, AbstractGateway)).toThrow('has no method "charge", "refund"');
  });

  test("when it is a function that cannot be a class", () => {
    expect(register(gateway, () => new Complete())).toThrow(InvalidDefinitionError);
    expect(register(gateway, () => new Complete())).toThrow(
      'has a "class" that is none; a function that makes one is "create"',
    );
  });
});

describe("a plugin with create", () => {
  test("is not checked before it makes something", () => {
    const plugin = definePlugin(abstractGateway, {
      name: "stripe",
      module: "apps/stripe",
      create: () => ({}) as AbstractGateway,
    });
    expect(() => createRegistry([abstractGateway, plugin])).not.toThrow();
  });
});
