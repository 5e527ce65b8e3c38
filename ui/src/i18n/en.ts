import { common } from "./en/common.ts";
import { config } from "./en/config.ts";
import { form } from "./en/form.ts";
import { history } from "./en/history.ts";
import { item } from "./en/item.ts";
import { items } from "./en/items.ts";
import { processes } from "./en/processes.ts";
import { shell } from "./en/shell.ts";
import { type } from "./en/type.ts";
import { types } from "./en/types.ts";

/** The source of all keys: the other languages have the same ones. */
export const en = {
  ...common,
  ...shell,
  ...types,
  ...type,
  ...items,
  ...item,
  ...config,
  ...form,
  ...history,
  ...processes,
};
