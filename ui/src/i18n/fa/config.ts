import type { config as source } from "../en/config.ts";
import type { Translation } from "../message.ts";

export const config: Translation<typeof source> = {
  "config.add": "افزودن مورد",
  "config.add.plugin": "افزونه",
  "config.add.none": "هیچ افزونه‌ای از این نوع پیکربندی نمی‌پذیرد",
  "config.add.none.hint":
    "افزونه‌ای که پیکربندی ندارد تنها یک مورد دارد. اگر افزونه‌ای در کد طرح‌وارهٔ پیکربندی داشته باشد، موردهای بیشتری از آن را می‌توان اینجا افزود.",
  "config.add.needsLabel": "برچسب لازم است.",
  "config.leave": "تغییرهای ذخیره‌نشده دور ریخته شوند؟",
  "config.empty": "چیزی تعیین نشده است.",
  "config.yes": "بله",
  "config.no": "خیر",
  "config.secret.new": "راز تازه",
  "config.secret.removed": "برداشته شد",
  "config.conflict.other": "خود پیکربندی یکسان است؛ چیز دیگری از این مورد تغییر کرده است.",
  "config.check": "آزمودن اتصال",
  "config.check.title": "اتصال",
  "config.check.asItIs": "افزونه می‌آزماید که همین‌گونه که هست کار می‌کند یا نه. چیزی تغییر نمی‌کند.",
  "config.check.ok": "کار می‌کند",
  "config.check.failed": "کار نمی‌کند",
  "config.check.took": "{ms} میلی‌ثانیه طول کشید",
};
