import { config } from "./config.ts";
import { form } from "./form.ts";
import { impact } from "./impact.ts";
import { item } from "./item.ts";
import { items } from "./items.ts";
import { palette } from "./palette.ts";
import { processes } from "./processes.ts";
import { serveNow } from "./serve-now.ts";
import { timeline } from "./timeline.ts";
import { traffic } from "./traffic.ts";
import { type } from "./type.ts";

/** What the pages behind the first one say. */
export const others = {
  ...type,
  ...items,
  ...item,
  ...config,
  ...form,
  ...processes,
  ...impact,
  ...serveNow,
  ...timeline,
  ...traffic,
  ...palette,
};
