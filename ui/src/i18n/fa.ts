import type { Catalogue } from "./catalogue.ts";
import { attention } from "./fa/attention.ts";
import { common } from "./fa/common.ts";
import { config } from "./fa/config.ts";
import { form } from "./fa/form.ts";
import { history } from "./fa/history.ts";
import { hold } from "./fa/hold.ts";
import { impact } from "./fa/impact.ts";
import { item } from "./fa/item.ts";
import { items } from "./fa/items.ts";
import { lead } from "./fa/lead.ts";
import { overview } from "./fa/overview.ts";
import { palette } from "./fa/palette.ts";
import { processes } from "./fa/processes.ts";
import { reasons } from "./fa/reasons.ts";
import { serveNow } from "./fa/serve-now.ts";
import { shell } from "./fa/shell.ts";
import { timeline } from "./fa/timeline.ts";
import { traffic } from "./fa/traffic.ts";
import { type } from "./fa/type.ts";
import { types } from "./fa/types.ts";

export const fa: Catalogue = {
  ...common,
  ...shell,
  ...reasons,
  ...overview,
  ...attention,
  ...types,
  ...type,
  ...items,
  ...item,
  ...config,
  ...form,
  ...history,
  ...hold,
  ...lead,
  ...palette,
  ...processes,
  ...impact,
  ...serveNow,
  ...timeline,
  ...traffic,
};
