import type { lead as source } from "../en/lead.ts";
import type { Translation } from "../message.ts";

export const lead: Translation<typeof source> = {
  "lead.until": "نخست تا {when}",
  "lead.ends": "پایان:",
  "lead.first": "{item} تا {when} نخست است",
  "lead.then": "{item} تا {when} نخست است، سپس دوباره {next}",
  "lead.by": "{when} به دست {actor} نخست شد؛",
  "lead.end": "اکنون پایان یابد",
  "lead.ended": "{item} به جای خود بازگشت.",
};
