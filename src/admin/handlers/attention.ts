import { contract } from "../contract/contract.ts";
import { handler } from "./handler.ts";

export const listAttention = handler(contract.listAttention, async ({ plugbay }) => ({
  entries: await plugbay.attention(),
}));
