import { openPlugbay } from "plugbay";
import { keepOpen } from "plugbay/next";
import config from "./plugbay.config";

/** Opened at the first call, and one for all pages and routes, in `next dev` also after an edit. */
export const plugbay = keepOpen(() => openPlugbay(config));
