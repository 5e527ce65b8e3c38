import { attention } from "./attention.ts";
import { common } from "./common.ts";
import { history } from "./history.ts";
import { hold } from "./hold.ts";
import { lead } from "./lead.ts";
import { overview } from "./overview.ts";
import { reasons } from "./reasons.ts";
import { shell } from "./shell.ts";
import { types } from "./types.ts";

/** What the frame of the panel and its first page say. */
export const first = {
  ...common,
  ...shell,
  ...reasons,
  ...overview,
  ...attention,
  ...types,
  ...history,
  ...hold,
  ...lead,
};
