import { definePlugin, definePluginType, type Plugin } from "plugbay";

/** What most of the tests swap. `by` tells the implementations apart. */
export interface OtpSender {
  readonly by: string;
  sendOtp(number: string, code: string): Promise<string>;
}

export const otp = definePluginType<OtpSender>({
  name: "otp",
  manager: "apps/otp",
  description: "One-time password delivery channel",
  methods: { sendOtp: "required" },
});

export class Sender implements OtpSender {
  readonly by: string;
  constructor(by: string) {
    this.by = by;
  }
  async sendOtp(number: string, code: string): Promise<string> {
    return `${this.by}: ${code} to ${number}`;
  }
}

type Options = Omit<Parameters<typeof definePlugin<OtpSender, [], undefined>>[1], "class" | "lifetime">;

/** A plugin of `otp` in the module `apps/channels`, whose instances say its name. */
export const senderPlugin = (name: string, options: Partial<Options> = {}): Plugin =>
  definePlugin(otp, {
    module: "apps/channels",
    ...options,
    create: options.create ?? (() => new Sender(name)),
    name,
  });
