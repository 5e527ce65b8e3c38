import { expect, test } from "vitest";
import { otp } from "../definition/otp.ts";
import { Workbench } from "./workbench.ts";

test("an open plugbay has the documented calls, and nothing else", async () => {
  const plugbay = await (await Workbench.create()).open([otp]);
  const names = [...Object.keys(plugbay), ...Object.getOwnPropertyNames(Object.getPrototypeOf(plugbay))];
  expect(names.filter((name) => name !== "constructor").sort()).toEqual([
    "attention",
    "close",
    "control",
    "explain",
    "get",
    "getAll",
    "getById",
    "getClass",
    "items",
    "itemsOf",
    "lease",
    "namespace",
    "on",
    "planSync",
    "processId",
    "readiness",
    "refresh",
    "refreshIfOlderThan",
    "registry",
    "report",
    "require",
    "run",
    "runAll",
    "selected",
    "service",
    "state",
    "stream",
    "sync",
  ]);
});
