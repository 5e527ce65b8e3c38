import { endpoint } from "./endpoint.ts";

export const getDescription = endpoint({
  method: "GET",
  path: "/openapi.json",
  summary: "This description",
  answer: { mediaType: "application/json" },
});
