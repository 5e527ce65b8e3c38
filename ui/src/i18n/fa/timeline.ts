import type { timeline as source } from "../en/timeline.ts";
import type { Translation } from "../message.ts";

export const timeline: Translation<typeof source> = {
  "timeline.tab": "خط زمان",
  "timeline.title": "۱۴ روز گذشته، تازه‌ترین در آغاز",
  "timeline.none": "در ۱۴ روز گذشته چیزی رخ نداده و چیزی تغییر نکرده است.",
  "timeline.more": "نمایش بیشتر",
  "timeline.purged": "موردی حذف‌شده",
  "timeline.in": {
    one: "در {processes} پردازه از {count} پردازه",
    other: "در {processes} پردازه از {count} پردازه",
  },
  "timeline.inSome": { one: "در {count} پردازه", other: "در {count} پردازه" },
  "timeline.switched": "{item} جای {from} را گرفت، {where}",
  "timeline.began": "{item} پس از آنکه هیچ موردی به کار نبود به کار آمد، {where}",
  "timeline.ended": "پس از {from} دیگر هیچ موردی به کار نیست، {where}",
  "timeline.recovered": "{item}: بهبود یافت، {where}",
  "timeline.failed": "{item}: ناموفق شد، {where}",
  "timeline.misconfigured": "{item}: پیکربندی پذیرفته نشد، {where}",
  "timeline.circuit": "{item}: مدار باز شد، {where}",
  "timeline.unauthorized": "{item}: اعتبارنامه پذیرفته نشد، {where}",
  "timeline.exhausted": "{item}: به سقف رسید، {where}",
  "timeline.missing": "{item}: افزونه نیست، {where}",
};
