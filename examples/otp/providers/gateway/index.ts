import { definePlugin } from "plugbay";
import { z } from "zod";
import { otp } from "../../otp.ts";
import { HttpGateway } from "../http-gateway.ts";

export const gateway = definePlugin(otp, {
  name: "gateway",
  module: "apps/otp-gateway",
  priority: 50,
  description: "Text message through a gateway that operators configure",
  config: z.strictObject({
    url: z.url().meta({ title: "Address", description: "Such as https://gateway.example.com/v1" }),
    token: z.string().min(1).meta({ title: "Token", description: "The gateway's console shows it once" }),
  }),
  secrets: ["token"],
  create: ({ config: { url, token } }) => {
    const api = new HttpGateway(url, token);
    return { sendOtp: (number, message, signal) => api.send(number, message, signal) };
  },
  check: async ({ config: { url, token }, signal }) => {
    const account = await new HttpGateway(url, token).account(signal);
    return `The gateway knows the token as that of ${account}.`;
  },
});
