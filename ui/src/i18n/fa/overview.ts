import type { overview as source } from "../en/overview.ts";
import type { Translation } from "../message.ts";

export const overview: Translation<typeof source> = {
  "overview.title": "نمای کلی",
  "overview.well": {
    one: "همه‌جا انتخاب نخست در خدمت است، در {served} از {count} پردازه",
    other: "همه‌جا انتخاب نخست در خدمت است، در {served} از {count} پردازه",
  },
  "overview.attention": { one: "{count} چیز رسیدگی می‌خواهد", other: "{count} چیز رسیدگی می‌خواهد" },
  "overview.notFirst": {
    one: "برای {count} نوع، انتخاب نخست در همهٔ پردازه‌ها در خدمت نیست",
    other: "برای {count} نوع، انتخاب نخست در همهٔ پردازه‌ها در خدمت نیست",
  },
  "overview.uncounted": "چیزی رسیدگی نمی‌خواهد",
  "overview.uncounted.hint": "هنوز هیچ پردازه‌ای نگفته است چه چیزی در آن در خدمت است.",
  "overview.notCounted": {
    one: "{count} نوع شمرده نشده است: گزینشگر در هر فراخوانی تصمیم می‌گیرد یا هیچ پردازه‌ای آن را ندارد.",
    other: "{count} نوع شمرده نشده است: گزینشگر در هر فراخوانی تصمیم می‌گیرد یا هیچ پردازه‌ای آن را ندارد.",
  },
  "overview.unknown": "وضعیت کنونی معلوم نیست",
  "overview.unknown.hint":
    "سرور یا پایگاه داده‌اش پاسخ نمی‌دهد. آنچه پایین‌تر آمده آخرین چیزی است که معلوم بود.",
  "overview.list": "نیازمند رسیدگی",
  "overview.since": "آغاز:",
  "overview.times": { one: "{count} بار رخ داده", other: "{count} بار رخ داده" },
  "overview.on": "روی {hosts}",
  "overview.fix": "چاره:",
  "overview.showAll": "نمایش هر {count} مورد",
  "overview.serve": "اکنون {item} به خدمت گرفته شود",
  "overview.release": "رها کردن {item}",
  "overview.open": "گشودن {name}",
  "overview.processes": "نمایش پردازه‌ها",
  "overview.copy": "رونوشت فرمان",
  "overview.calls": "فراخوانی‌ها",
  "overview.failures": "خطاها",
  "overview.rescued": "جبران‌شده با مورد دیگر",
  "overview.troubled": "بیشترین خطا",
  "overview.changes": "آخرین تغییرها",
};
