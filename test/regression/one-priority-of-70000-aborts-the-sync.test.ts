import { InvalidPriorityError } from "plugbay";
import { expect, test } from "vitest";
import { alice, greeter, greeting } from "../store/definitions.ts";
import { onEveryDatabase } from "../store/test-database.ts";

test.each([70_000, 32_768, -32_769, 1.5, Number.NaN])(
  "a priority of %d is refused where it is declared",
  (priority) => {
    expect(() => greeter(greeting, "mallory", { priority })).toThrow(InvalidPriorityError);
    expect(() => greeter(greeting, "mallory", { priority })).toThrow(/mallory.*-32768 to 32767/);
  },
);

onEveryDatabase((home) => {
  test("the outermost priorities are synced and served", async () => {
    const first = greeter(greeting, "first", { priority: -32_768 });
    const last = greeter(greeting, "last", { priority: 32_767 });
    const plugbay = await home.open([greeting, last, alice, first]);
    expect(plugbay.items(greeting).map(({ name }) => name)).toEqual(["first", "alice", "last"]);
    expect(await home.item("last")).toMatchObject({ priority: 32_767 });
  });
});
