import type { AnyPluginType, PluginType } from "../../definition/plugin-type.ts";
import { getPlugbayToken, getPluginToken } from "./tokens.ts";

/** A decorator of a parameter of a constructor, or of a property. */
export type InjectDecorator = ParameterDecorator & PropertyDecorator;

/**
 * Injects the service of a plugin type, `plugbay.service(type)`: one object for good, each call of which goes to
 * what serves the type then. It is a `Service<T>`. Types whose selector takes arguments have no such service:
 * inject plugbay, and ask it with the arguments.
 *
 * @throws InvalidTokenError
 * @example
 * constructor(@InjectPlugin(otp) private readonly codes: Service<OtpSender>) {}
 */
export function InjectPlugin<T extends object>(type: PluginType<T, []>): InjectDecorator {
  const token = getPluginToken(type);
  const decorate = injecting(token);
  return (target: object, key: string | symbol | undefined, index?: number) => {
    injectedTypes().set(token, type);
    decorate(target, key, index);
  };
}

/**
 * Injects the open plugbay.
 *
 * @example
 * constructor(@InjectPlugbay() private readonly plugbay: Plugbay) {}
 */
export function InjectPlugbay(): InjectDecorator {
  return injecting(getPlugbayToken());
}

const injected = Symbol.for("plugbay.nest.injected");

/** The types that classes of this process want to have injected, by token; all copies of this package share it. */
export function injectedTypes(): Map<symbol, AnyPluginType> {
  const shared = globalThis as { [injected]?: Map<symbol, AnyPluginType> };
  shared[injected] ??= new Map();
  return shared[injected];
}

/** What the package reflect-metadata adds, which Nest loads. */
interface Metadata {
  getMetadata(key: string, target: object): unknown;
  defineMetadata(key: string, value: unknown, target: object): void;
}

/**
 * What Nest's `Inject(token)` notes down, by the names that Nest has for it: a package that is built for applications
 * without Nest too cannot import it.
 */
function injecting(token: symbol) {
  return (target: object, key: string | symbol | undefined, index?: number): void => {
    if (index !== undefined) note("self:paramtypes", { index, param: token }, target);
    else note("self:properties_metadata", { key, type: token }, target.constructor);
  };
}

function note(key: string, dependency: object, target: object): void {
  const metadata = Reflect as typeof Reflect & Metadata;
  const noted = (metadata.getMetadata(key, target) ?? []) as readonly object[];
  metadata.defineMetadata(key, [...noted, dependency], target);
}
