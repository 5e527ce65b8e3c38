import { definePluginType, formatPlan } from "plugbay";
import { expect, test } from "vitest";
import { type OtpSender, otp, senderPlugin } from "../definition/otp.ts";
import { living, plan } from "./plan.ts";
import { rowsAfter } from "./rows-after.ts";

const sms = senderPlugin("sms", { priority: 10 });
const mail = senderPlugin("mail", { status: "reserve", priority: -1 });
const stored = rowsAfter(plan([otp, sms, mail]));

test("a plan without changes says so", () => {
  expect(formatPlan(plan([otp, sms, mail], stored))).toMatchInlineSnapshot(
    `"Nothing to do: the database is in line with the registry."`,
  );
});

test("what is created is shown with its first status and priority", () => {
  expect(formatPlan(plan([otp, sms, mail]))).toMatchInlineSnapshot(`
    "+ create plugin type "otp" of "apps/otp"
    + create item apps/channels:sms of otp (apps/otp)   active, priority 10
    + create item apps/channels:mail of otp (apps/otp)   reserve, priority -1

    types: 1 created, 0 updated, 0 found, 0 retired
    items: 2 created, 0 updated, 0 found, 0 retired"
  `);
});

test("what is updated, renamed and retired is shown field by field", () => {
  const definitions = [
    definePluginType<OtpSender>({
      name: otp.name,
      manager: otp.manager,
      description: "How codes travel",
      methods: { sendOtp: "required" },
    }),
    senderPlugin("text", { aliases: ["sms"], priority: 20, description: 'By "SMS"\nor so' }),
  ];
  expect(formatPlan(plan(definitions, stored, { mode: "update", prune: true }))).toMatchInlineSnapshot(`
    "~ update plugin type "otp" of "apps/otp"
        description: "One-time password delivery channel" -> "How codes travel"
    ~ rename item apps/channels:text of otp (apps/otp)
        name: "sms" -> "text"
        priority: 10 -> 20
        description: "" -> "By \\"SMS\\"\\nor so"
    - retire item apps/channels:mail of otp (apps/otp)

    types: 0 created, 1 updated, 0 found, 0 retired
    items: 0 created, 1 updated, 0 found, 1 retired"
  `);
});

test("what comes back is shown as restored", () => {
  const pruned = rowsAfter(plan([], stored, { prune: true }), stored);
  expect(formatPlan(plan([otp, sms], pruned))).toMatchInlineSnapshot(`
    "^ restore plugin type "otp" of "apps/otp"
    ^ restore item apps/channels:sms of otp (apps/otp)

    types: 0 created, 1 updated, 0 found, 0 retired
    items: 0 created, 1 updated, 0 found, 0 retired"
  `);
});

test("what is held back is shown with the processes that have it", () => {
  const processes = [living([otp, sms], 1), living([otp, sms, mail], 2)];
  expect(formatPlan(plan([], stored, { prune: true, living: processes }))).toMatchInlineSnapshot(`
    "= keep plugin type "otp" of "apps/otp"   held back: web-1:1 (1.7.2), web-1:2 (1.7.2) have it
    = keep item apps/channels:sms of otp (apps/otp)   held back: web-1:1 (1.7.2), web-1:2 (1.7.2) have it
    = keep item apps/channels:mail of otp (apps/otp)   held back: web-1:2 (1.7.2) has it

    types: 0 created, 0 updated, 0 found, 0 retired
    items: 0 created, 0 updated, 0 found, 0 retired
    held back: 3, which running processes have; a later sync retires them; see: npx plugbay doctor"
  `);
});

test("a process of an application without a version is shown without one", () => {
  const processes = [{ ...living([otp, mail], 1), version: "" }];
  const planned = plan([otp, sms], stored, { prune: true, living: processes });
  expect(formatPlan(planned)).toContain("held back: web-1:1 has it\n");
});

test("items of one plugin are told apart by their labels", () => {
  const items = stored.items.map((item) => (item.name === "sms" ? { ...item, label: "NL" } : item));
  expect(formatPlan(plan([otp, mail], { ...stored, items }, { prune: true }))).toMatchInlineSnapshot(`
    "- retire item apps/channels:sms/NL of otp (apps/otp)

    types: 0 created, 0 updated, 1 found, 0 retired
    items: 0 created, 0 updated, 1 found, 1 retired"
  `);
});
