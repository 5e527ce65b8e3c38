import type { Facets } from "../../control/list/facets.ts";
import { JsonText } from "../json-text.ts";

/** `control.facets` gives the same object for the same snapshot. */
const made = new WeakMap<Facets, JsonText<Facets>>();

/** What items can be filtered by, made into JSON once: the names of all types, in every answer. */
export function presentFacets(facets: Facets): JsonText<Facets> {
  const text = made.get(facets) ?? new JsonText<Facets>(JSON.stringify(facets));
  made.set(facets, text);
  return text;
}
