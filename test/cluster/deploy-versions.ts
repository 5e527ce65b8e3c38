import {
  type AnyPluginType,
  type Definitions,
  definePlugin,
  definePluginType,
  type OpenOptions,
  openPlugbay,
  type Plugbay,
  type PluginType,
} from "plugbay";

interface Named {
  name(): string;
}

const typeOf = (name: string, aliases: readonly string[] = []): PluginType<Named> =>
  definePluginType<Named>({ name, manager: "shop", aliases, methods: { name: "required" } });

const pluginOf = (type: PluginType<Named>, name: string, aliases: readonly string[] = []) =>
  definePlugin(type, { name, module: "shop", aliases, create: () => ({ name: () => name }) });

interface Version {
  readonly name: "1" | "2";
  readonly types: Readonly<Record<string, PluginType<Named>>>;
  readonly plugins: Definitions;
}

const otp = typeOf("otp");
const pay = typeOf("pay");

export const oldVersion: Version = {
  name: "1",
  types: { otp, pay },
  plugins: [
    otp,
    pluginOf(otp, "sms"),
    pluginOf(otp, "mail"),
    pluginOf(otp, "fax"),
    pay,
    pluginOf(pay, "cash"),
  ],
};

const newOtp = typeOf("otp");
const payment = typeOf("payment", ["pay"]);
const push = typeOf("push");

/** Two plugins and a type are renamed; a plugin is gone; a plugin, and a type with one, are new. */
export const newVersion: Version = {
  name: "2",
  types: { otp: newOtp, payment, push },
  plugins: [
    [newOtp, pluginOf(newOtp, "text", ["sms"]), pluginOf(newOtp, "post", ["mail"]), pluginOf(newOtp, "app")],
    [payment, pluginOf(payment, "cash")],
    [push, pluginOf(push, "phone")],
  ],
};

/** A process of one version of the application. */
export class Deployed {
  readonly version: Version;
  readonly plugbay: Plugbay;

  static async start(
    version: Version,
    options: Pick<OpenOptions, "database" | "namespace">,
  ): Promise<Deployed> {
    const { name, plugins } = version;
    return new Deployed(
      version,
      await openPlugbay({ ...options, plugins, version: name, pollIntervalMs: false }),
    );
  }

  private constructor(version: Version, plugbay: Plugbay) {
    this.version = version;
    this.plugbay = plugbay;
  }

  /** What each type serves, by the names that this version's code has. */
  served(): Record<string, string[]> {
    const types = Object.entries(this.version.types);
    return Object.fromEntries(
      types.map(([name, type]) => [
        name,
        this.plugbay
          .getAll(type)
          .map((instance) => instance.name())
          .sort(),
      ]),
    );
  }

  itemId(type: AnyPluginType, name: string): string {
    const item = this.plugbay.items(type).find((candidate) => candidate.name === name);
    if (item === undefined) throw new Error(`there is no item called ${name}`);
    return item.id;
  }
}
