import { contract } from "../contract/contract.ts";
import { describeApi } from "../openapi.ts";
import { handler } from "./handler.ts";

export const getDescription = handler(contract.getDescription, ({ settings }) =>
  Response.json(describeApi(settings)),
);
