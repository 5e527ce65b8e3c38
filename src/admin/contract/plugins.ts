import { endpoint } from "./endpoint.ts";
import {
  flag,
  id,
  integer,
  json,
  jsonObject,
  list,
  nullable,
  number,
  type Of,
  object,
  optional,
  text,
} from "./schema.ts";
import { typeParams } from "./type-params.ts";
import { status } from "./words.ts";

/** A plugin of this process that takes configs, and so may have several items. */
export type PluginInfo = Of<typeof PluginInfo>;
export const PluginInfo = object(
  {
    module: text(),
    name: text(),
    description: text(),
    status: status({ description: "What a new item starts with." }),
    priority: integer({ description: "What a new item starts with." }),
    schema: nullable(jsonObject(), {
      description:
        "The JSON Schema of a config as it is sent, draft 2020-12 or draft-07; null where there is none.",
    }),
    secrets: list(text(), { description: "The fields that are secrets, such as smtp.password." }),
    checkable: flag({ description: "Whether it can say if a config works." }),
  },
  { title: "PluginInfo" },
);

export type PluginList = Of<typeof PluginList>;
export const PluginList = object(
  { plugins: list(PluginInfo, { description: "By module and name." }) },
  { title: "PluginList" },
);

export const listPlugins = endpoint({
  method: "GET",
  path: "/types/:typeId/plugins",
  summary: "The plugins of a type that take configs, and what configs they take",
  params: typeParams,
  answer: PluginList,
});

export type CheckRequest = Of<typeof CheckRequest>;
export const CheckRequest = object({
  module: text(),
  name: text(),
  itemId: optional(
    id({
      description:
        "The item whose config it is: secrets that are left out, empty or as they were shown are taken from it.",
    }),
  ),
  config: optional(json({ description: "Default: the item's; {} without an item." })),
});

export type CheckResult = Of<typeof CheckResult>;
export const CheckResult = object(
  {
    ok: flag({ description: "Whether it works." }),
    message: nullable(text(), {
      description: "What the plugin says of it, or why it does not work, without secrets.",
    }),
    durationMs: number(),
  },
  { title: "CheckResult" },
);

export const checkConfig = endpoint({
  method: "POST",
  path: "/types/:typeId/check",
  summary: "Tries whether a config works, saved or not; changes nothing",
  // A config that is sent decides where the item's secrets go.
  writes: "nothing",
  params: typeParams,
  body: CheckRequest,
  answer: CheckResult,
});
