import { InvalidOptionError } from "plugbay";
import type { AdminOptions } from "plugbay/admin";
import { expect, test } from "vitest";
import { checkOptions } from "../../src/admin/settings.ts";

test.each([
  ["basePath", "admin"],
  ["basePath", "/admin/"],
  ["basePath", "/"],
  ["basePath", "/a//b"],
  ["basePath", "/../b"],
  ["basePath", '/"><script>'],
  ["basePath", "https://example.com/admin"],
  ["basePath", null],
  ["authorize", true],
  ["publicOrigin", "example.com"],
  ["publicOrigin", "https://example.com/"],
  ["publicOrigin", "https://example.com/admin"],
  ["title", 5],
  ["environment", 5],
  ["environment", null],
  ["readOnly", "yes"],
  ["locale", "tlh"],
  ["signOutUrl", "javascript:alert(1)"],
  ["signOutUrl", "//evil.example"],
  ["signOutUrl", "bye"],
])("an option %s of %j is refused, by name", (option, value) => {
  const check = () => checkOptions({ [option]: value } as AdminOptions);
  expect(check).toThrow(InvalidOptionError);
  expect(check).toThrow(`option "${option}"`);
});

test("without options there is a panel at the root, that lets nobody in", () => {
  expect(checkOptions({})).toEqual({
    basePath: "",
    authorize: undefined,
    publicOrigin: undefined,
    title: "plugbay",
    environment: null,
    readOnly: false,
    requireReason: false,
    locale: null,
    signOutUrl: null,
  });
});

test("options are taken as they are", () => {
  const options = {
    basePath: "/admin/plugins",
    authorize: () => null,
    publicOrigin: "https://example.com:8443",
    title: "Plugins",
    environment: "production",
    readOnly: true,
    requireReason: true,
    locale: "de",
    signOutUrl: "/sign-out?next=/",
  };
  expect(checkOptions(options)).toEqual(options);
});

test.each(["", "  "])("an empty environment, %j, is none", (environment) => {
  expect(checkOptions({ environment }).environment).toBeNull();
});
