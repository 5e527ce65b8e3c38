import type { lead as source } from "../en/lead.ts";
import type { Translation } from "../message.ts";

export const lead: Translation<typeof source> = {
  "lead.until": "An erster Stelle bis {when}",
  "lead.ends": "endet",
  "lead.first": "{item} steht bis {when} an erster Stelle",
  "lead.then": "{item} steht bis {when} an erster Stelle, danach wieder {next}",
  "lead.by": "Vorangestellt {when} von {actor};",
  "lead.end": "Jetzt beenden",
  "lead.ended": "{item} ist wieder an seinem Platz.",
};
