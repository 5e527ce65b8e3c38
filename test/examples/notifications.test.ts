import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

let printed = "";

// A program that does not end with exit code 0 rejects here.
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "examples/notifications/main.ts"],
    { cwd: root },
  );
  printed = stdout;
});

/** Who was told a text, and how; sorted, because the order of a user's favourites has no meaning. */
function deliveriesOf(text: string): string[] {
  return printed
    .split("\n")
    .filter((line) => line.endsWith(text))
    .map((line) => line.slice(0, -text.length).trim().replaceAll(/\s+/g, " "))
    .sort();
}

describe("examples/notifications", () => {
  it("notifies every user through their favourites", () => {
    expect(deliveriesOf("Your parcel is on its way.")).toEqual([
      "email -> ada@example.com",
      "push -> ada's phone",
      "sms -> +1 555 0101",
    ]);
  });

  it("leaves out a favourite that an operator has disabled", () => {
    expect(deliveriesOf("Your parcel is in your town.")).toEqual([
      "email -> ada@example.com",
      "sms -> +1 555 0101",
    ]);
  });

  it("falls back to the selected channel when the only favourite is retired", () => {
    expect(deliveriesOf("Your parcel is next door.")).toEqual([
      "email -> ada@example.com",
      "email -> grace@example.com",
    ]);
  });

  it("refuses to delete an item that is somebody's favourite", () => {
    expect(printed).toContain("nothing was purged");
  });

  it("finds the favourite again when its plugin comes back", () => {
    expect(printed).toContain("same id: true");
    expect(deliveriesOf("Your parcel is at your door.")).toEqual([
      "email -> ada@example.com",
      "sms -> +1 555 0101",
    ]);
  });

  it("broadcasts through all active channels", () => {
    expect(deliveriesOf("We are closed on Sunday.")).toEqual([
      "email -> ada@example.com",
      "email -> grace@example.com",
      "push -> ada's phone",
      "push -> grace's phone",
      "sms -> +1 555 0100",
      "sms -> +1 555 0101",
    ]);
  });
});
