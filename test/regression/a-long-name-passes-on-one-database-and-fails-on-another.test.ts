import { InvalidNameError } from "plugbay";
import { expect, test } from "vitest";
import { greeter, greeterType, greeting } from "../store/definitions.ts";
import { onEveryDatabase } from "../store/test-database.ts";

test.each([101, 120])("a name of %i code points is refused where it is declared", (length) => {
  for (const name of ["x".repeat(length), "🔌".repeat(length)]) {
    expect(() => greeterType(name)).toThrow(InvalidNameError);
    expect(() => greeterType("otp", { manager: name })).toThrow(InvalidNameError);
    expect(() => greeter(greeting, name)).toThrow(InvalidNameError);
    expect(() => greeter(greeting, "alice", { module: name })).toThrow(InvalidNameError);
    expect(() => greeter(greeting, name)).toThrow(`${length} code points long; 100 at most`);
  }
});

onEveryDatabase((home) => {
  test.each(["x", "🔌"])("100 times %s is a name that every database takes", async (character) => {
    const name = character.repeat(100);
    const type = greeterType(name, { manager: name });
    const plugbay = await home.open([type, greeter(type, name, { module: name })]);
    expect(plugbay.items(type)).toMatchObject([{ name, module: name, type: { name, manager: name } }]);
  });
});
