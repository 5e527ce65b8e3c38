import { Checks } from "../checks.ts";
import { document, tableOf } from "../document.ts";
import { Figures, head } from "./figures.ts";
import { trade } from "./trade.ts";

// How often orders are charged, at 200 a second, while the gateways break charges off and are killed.

const check = new Checks();
const never = (times: number): boolean => times === 0;
const once = (times: number): boolean => times === 1;
const ever = (times: number): boolean => times > 0;
const both = ["first", "second"];

const careful = new Figures(await trade({ seconds: 6, policy: {}, knownBy: "nothing", gateways: both }));
const { orders } = careful;
check.equal("not idempotent: charged twice", careful.bookedTwice, 0);
check.equal("told as charged, and charged once", careful.told("charged", once), careful.told("charged"));
check.equal("told as refused, and charged", careful.told("refused", ever), 0);
check.equal("told as failed, and charged", careful.told("failed", ever), 0);
check.between("told as unknown, and charged", careful.told("unknown", once), 1, orders / 2);
check.between("told as unknown, and not charged", careful.told("unknown", never), 1, orders / 2);

const policy = { idempotent: true, attemptsPerItem: 2 };
const repeated = new Figures(
  await trade({ seconds: 6, policy, knownBy: "key and order", gateways: both, isQueued: true }),
);
check.equal("idempotent: charged twice", repeated.bookedTwice, 0);
check.equal("charged once", repeated.told("charged", once), orders - repeated.told("refused"));
check.equal("orders whose run failed for good", repeated.told("failed"), 0);
check.equal("unknown to a type whose calls may be repeated", repeated.told("unknown"), 0);
check.between("repeats that were known by their key", repeated.knownByKey, 1, orders);
check.between("repeats that were known by their order", repeated.knownByOrder, 1, orders);
check.equal("wrong keys", repeated.wrongKeys, 0);

const single = new Figures(
  await trade({
    seconds: 4,
    policy: { ...policy, attemptsPerItem: 4 },
    knownBy: "key",
    gateways: ["first"],
  }),
);
check.equal("idempotent, one gateway that knows keys: charged twice", single.bookedTwice, 0);
check.equal("told as charged, and charged once", single.told("charged", once), single.told("charged"));

// The ledger notices: two gateways do not know each other's keys.
const careless = new Figures(await trade({ seconds: 3, policy, knownBy: "key", gateways: both }));
check.between(
  "idempotent, though repeats are not known by order: charged twice",
  careless.bookedTwice,
  1,
  orders,
);

const table = tableOf(head, [
  careful.row("not idempotent"),
  repeated.row("idempotent; repeats are known by key and order"),
  single.row("idempotent; one gateway, which knows keys"),
  careless.row("idempotent by mistake: two gateways that know no order"),
]);
console.log(table);
for (const { what, found, holds } of check.all) console.log(`${holds ? "ok   " : "WRONG"} ${what}: ${found}`);
console.log(`\nIdempotent: ${repeated.queued} of ${orders} orders took a second run.`);
await document("payments", table);
process.exitCode = check.verdict === "pass" ? 0 : 1;
