import {
  createRegistry,
  definePluginType,
  InvalidTokenError,
  UnknownPluginError,
  UnknownTypeError,
} from "plugbay";
import { describe, expect, test } from "vitest";
import { SelectorMismatchError } from "../../src/registry/errors.ts";
import { registeredPlugin } from "../../src/registry/registered-plugin.ts";
import { registeredType, selectingType } from "../../src/registry/registered-type.ts";
import { type OtpSender, otp, senderPlugin } from "../definition/otp.ts";

const sms = senderPlugin("sms");
const registry = createRegistry([otp, sms]);
const methods = { sendOtp: "required" } as const;
const like = (patch: object = {}) =>
  definePluginType<OtpSender>({ name: otp.name, manager: otp.manager, methods, ...patch });

describe("a token stands for", () => {
  test("the registered type or plugin of its identity", () => {
    expect(registeredType(registry, like())).toBe(otp);
    expect(registeredPlugin(registry, senderPlugin("sms"))).toBe(sms);
  });

  test("nothing, where none of its identity is registered", () => {
    expect(() => registeredType(registry, like({ name: "other" }))).toThrow(UnknownTypeError);
    expect(() => registeredType(registry, like({ name: "other" }))).toThrow(
      'plugin type "other" of "apps/otp" is not registered; add it to "plugins" of openPlugbay',
    );
    const mail = () => registeredPlugin(registry, senderPlugin("mail"));
    expect(mail).toThrow(UnknownPluginError);
    expect(mail).toThrow(
      'plugin "mail" of module "apps/channels" for plugin type "otp" of "apps/otp" is not registered in this process',
    );
    expect(mail).toThrow('add it to "plugins" of openPlugbay');
    expect(mail).toThrow(expect.objectContaining({ plugin: { module: "apps/channels", name: "mail" } }));
  });
});

test.each([
  [undefined, "no plugin type; was the module that declares it loaded yet? Modules that import each other"],
  [sms, 'no plugin type; it is plugin "sms" of module "apps/channels": give the type that it is for'],
  [{}, "no plugin type; give the token that definePluginType made"],
])("%o is no token of a type", (token, message) => {
  expect(() => registeredType(registry, token as never)).toThrow(InvalidTokenError);
  expect(() => registeredType(registry, token as never)).toThrow(message);
});

test("what definePlugin did not make is no token of a plugin", () => {
  expect(() => registeredPlugin(registry, otp as never)).toThrow(InvalidTokenError);
  expect(() => registeredPlugin(registry, otp as never)).toThrow("no plugin; give what definePlugin made");
});

test("a call that selects has a token with a selector exactly where the registered type has one", () => {
  const selecting = otp.withSelector(({ active }) => active[0]);
  const other = createRegistry([selecting]);
  expect(selectingType(registry, like())).toBe(otp);
  expect(
    selectingType(
      other,
      like().withSelector(() => undefined),
    ),
  ).toBe(selecting);
  expect(() => selectingType(other, otp)).toThrow(SelectorMismatchError);
  expect(() => selectingType(other, otp)).toThrow(
    "is registered with a selector, and the token of this call has none",
  );
  expect(() => selectingType(registry, selecting)).toThrow(SelectorMismatchError);
  expect(() => selectingType(registry, selecting)).toThrow("the token of this call has a selector");
});
