import type { Catalogue } from "./catalogue.ts";
import { attention } from "./de/attention.ts";
import { common } from "./de/common.ts";
import { config } from "./de/config.ts";
import { form } from "./de/form.ts";
import { history } from "./de/history.ts";
import { hold } from "./de/hold.ts";
import { impact } from "./de/impact.ts";
import { item } from "./de/item.ts";
import { items } from "./de/items.ts";
import { lead } from "./de/lead.ts";
import { overview } from "./de/overview.ts";
import { palette } from "./de/palette.ts";
import { processes } from "./de/processes.ts";
import { reasons } from "./de/reasons.ts";
import { serveNow } from "./de/serve-now.ts";
import { shell } from "./de/shell.ts";
import { timeline } from "./de/timeline.ts";
import { traffic } from "./de/traffic.ts";
import { type } from "./de/type.ts";
import { types } from "./de/types.ts";

export const de: Catalogue = {
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
