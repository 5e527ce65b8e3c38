import type { types as source } from "../en/types.ts";
import type { Translation } from "../message.ts";

export const types: Translation<typeof source> = {
  "types.title": "نوع‌ها",
  "types.search": "نام، متولی یا توضیح",
  "types.show": "نمایش",
  "types.show.all": "همه",
  "types.show.unserved": "چیزی در خدمت نیست",
  "types.show.problems": "مشکل‌دار",
  "types.count": { one: "{count} نوع", other: "{count} نوع" },
  "types.column.health": "سلامت",
  "types.serving.none": "چیزی در خدمت نیست",
  "types.serving.selector": "وابسته به آرگومان‌ها",
  "types.serving.selector.hint":
    "گزینشگر در هر فراخوانی تصمیم می‌گیرد. نوع را باز کنید و آرگومان‌ها را بیازمایید.",
  "serving.in": { one: "در {served} از {count} پردازه", other: "در {served} از {count} پردازه" },
  "serving.nothing": "هیچ‌کدام در خدمت نیست",
  "serving.lower-choice": "انتخاب نخست نیست",
  "serving.reserve": "از رزرو",
  "serving.last-resort": "آخرین چاره",
  "serving.last-resort.hint": "چون ناموفق است کنار گذاشته شده بود و چون گزینهٔ بهتری نمانده در خدمت است.",
  "types.notRegistered": "در این پردازه نیست",
  "types.notRegistered.hint":
    "پردازهٔ این پنل این نوع را در کدش ندارد. شاید پردازه‌های دیگر آن را داشته باشند.",
  "types.health.good": "همه آماده",
  "types.health.none": "هیچ‌کدام در استفاده نیست",
  "types.health.failed": { one: "{count} ناموفق", other: "{count} ناموفق" },
  "types.health.missing": { one: "{count} ناموجود", other: "{count} ناموجود" },
  "types.health.cooling": { one: "{count} کنار گذاشته", other: "{count} کنار گذاشته" },
  "types.health.held": { one: "{count} نگه‌داشته", other: "{count} نگه‌داشته" },
  "types.none.title": "هیچ نوعی پیدا نشد",
  "types.none.hint": "واژه‌های کمتری را امتحان کنید یا فیلترها را پاک کنید.",
  "types.empty.title": "هنوز نوعی نیست",
  "types.empty.hint":
    "نوع‌ها در کد با definePluginType اعلام می‌شوند. آن‌ها را به openPlugbay بدهید و برنامه را اجرا کنید، یا plugbay migrate را اجرا کنید.",
  "traffic.note": "فراخوانی‌هایی که با get() انجام می‌شوند شمرده نمی‌شوند.",
  "traffic.lastHour": "یک ساعت اخیر",
  "traffic.spark": {
    one: "{count} فراخوانی در یک ساعت اخیر، {rate}٪ ناموفق",
    other: "{count} فراخوانی در یک ساعت اخیر، {rate}٪ ناموفق",
  },
  "traffic.rate": "{rate}٪ ناموفق",
};
