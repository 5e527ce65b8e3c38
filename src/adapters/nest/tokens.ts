import type { AnyPluginType } from "../../definition/plugin-type.ts";
import { checkTypeToken } from "../../registry/registered-type.ts";

/** Of the process, and not of this copy of the package: an application and a library may each have their own. */
const plugbay = Symbol.for("plugbay");

/**
 * The token by which Nest injects the open plugbay, for tests and for factories.
 *
 * @example
 * Test.createTestingModule({ imports: [AppModule] }).overrideProvider(getPlugbayToken()).useValue(plugbay);
 */
export function getPlugbayToken(): symbol {
  return plugbay;
}

/**
 * The token by which Nest injects the service of a plugin type, for tests and for factories. Two copies of a
 * type that have one identity have one token.
 *
 * @throws InvalidTokenError
 * @example
 * Test.createTestingModule({ imports: [AppModule] }).overrideProvider(getPluginToken(otp)).useValue({ sendOtp });
 */
export function getPluginToken(type: AnyPluginType): symbol {
  checkTypeToken(type);
  // JSON keeps the two names apart, whatever is in them.
  return Symbol.for(`plugbay.plugin ${JSON.stringify([type.manager, type.name])}`);
}
