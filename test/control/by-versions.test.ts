import { expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "../runtime/workbench.ts";

const alice = { actor: "alice" };

test.each(["bulk", "retire"] as const)(
  "%s changes all items at the versions that were seen, or none of them",
  async (call) => {
    const plugbay = await (await Workbench.create()).open([otp, senderPlugin("one"), senderPlugin("two")]);
    const { control } = plugbay;
    const seen = () => ({
      versions: Object.fromEntries(plugbay.items(otp).map(({ id, version }) => [id, version])),
    });
    const change = (items: ReturnType<typeof seen>) =>
      call === "bulk" ? control.bulk(items, "disable", alice) : control.retire(items, alice);
    const before = seen();
    const [one = ""] = Object.keys(before.versions);
    await control.updateItem(one, { description: "for holidays" }, { actor: "bob" });
    await expect(change(before)).rejects.toMatchObject({ code: "CONFLICT", all: [{ id: one, version: 2 }] });
    expect(await control.history({ limit: 1 })).toMatchObject([{ actor: "bob" }]);
    expect(await change(seen())).toMatchObject({ changed: 2 });
    await expect(control.bulk({ versions: {}, query: {} } as never, "disable", alice)).rejects.toMatchObject({
      code: "UNKNOWN_OPTION",
    });
  },
);
