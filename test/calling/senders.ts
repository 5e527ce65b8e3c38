import { definePluginType, type OpenOptions, type Plugbay, type Policy } from "plugbay";
import type { OtpSender } from "../definition/otp.ts";
import { senderPlugin } from "../definition/otp.ts";
import { Workbench } from "../runtime/workbench.ts";

/** A type with this policy, and its plugins `a`, `b` and `spare`, the last in reserve. */
export async function openSenders(policy: Policy = {}, options: Partial<OpenOptions> = {}) {
  const bench = await Workbench.create();
  const type = definePluginType<OtpSender>({
    ...{ name: "otp", manager: "apps/otp", methods: { sendOtp: "required" } },
    policy,
  });
  const plugins = [
    senderPlugin("a", { priority: 1 }),
    senderPlugin("b", { priority: 2 }),
    senderPlugin("spare", { status: "reserve" }),
  ];
  const plugbay: Plugbay = await bench.open([type, ...plugins], options);
  const tried: string[] = [];
  const readiness = (name: string) => {
    const item = plugbay.items(type).find((one) => one.name === name);
    return item && plugbay.readiness(item);
  };
  return { bench, type, plugbay, tried, readiness };
}

/** An error as HTTP clients throw it. */
export const status = (code: number, headers: Record<string, string> = {}): Error =>
  Object.assign(new Error(`HTTP ${code}`), { status: code, headers });

/** An error as Node throws it. */
export const coded = (code: string): Error => Object.assign(new Error(code), { code });

export const hang = (): Promise<never> => new Promise(() => undefined);
