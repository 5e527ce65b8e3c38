import { describeApi } from "../openapi.ts";
import { route } from "./route.ts";

export const getDescription = route({
  method: "GET",
  path: "/openapi.json",
  summary: "This description",
  answer: { mediaType: "application/json" },
  handle: ({ routes, settings }) => Response.json(describeApi(routes, settings)),
});
