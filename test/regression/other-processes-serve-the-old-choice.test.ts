import { openPlugbay } from "plugbay";
import { expect, test } from "vitest";
import { ManualClock } from "../runtime/manual-clock.ts";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";

onEveryDatabase((home) => {
  test("another process serves the new choice within a second or so, without any setting", async () => {
    const plugins = [greeting, alice, bob];
    const plugbay = await home.open(plugins);
    const clock = new ManualClock();
    const { database } = home.here;
    const other = await openPlugbay({ database, namespace: home.namespace, plugins, clock });
    home.afterwards(() => other.close());

    // A database that pushes may tell of it before the change has returned.
    const changed = new Promise((resolve) => other.on("change", resolve));
    await plugbay.control.bulk([idOf(plugbay, "alice")], "disable", { actor: "operator" });
    await clock.advance(1_200);
    await changed;
    expect(other.get(greeting)?.greet()).toBe("bob");
  });
});
