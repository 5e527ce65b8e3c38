import { expect, test } from "vitest";
import { greeter, greeterType } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test("types of one name under two managers have items and choices of their own", async () => {
    const shop = greeterType("notifier", { manager: "apps/shop" });
    const forum = greeterType("notifier", { manager: "apps/forum" });
    const plugbay = await home.open([
      shop,
      greeter(shop, "shop mail"),
      forum,
      greeter(forum, "forum mail"),
      greeter(forum, "forum chat", { priority: 1 }),
    ]);
    expect(plugbay.get(shop)?.greet()).toBe("shop mail");
    await plugbay.control.bulk([idOf(plugbay, "forum mail")], "disable", { actor: "operator" });
    expect(plugbay.get(forum)?.greet()).toBe("forum chat");
    expect(plugbay.get(shop)?.greet()).toBe("shop mail");
    expect((await home.rows()).types).toHaveLength(2);
  });
});
