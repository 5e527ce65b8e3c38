import type { traffic as source } from "../en/traffic.ts";
import type { Translation } from "../message.ts";

export const traffic: Translation<typeof source> = {
  "traffic.tab": "ترافیک",
  "traffic.range": "بازهٔ زمانی",
  "traffic.range.hour": "یک ساعت اخیر",
  "traffic.range.14d": "۱۴ روز",
  "traffic.none.title": "بدون فراخوانی",
  "traffic.none.hint": "در این بازه چیزی با run، service، stream یا runAll فراخوانی نشده است.",
  "traffic.calls": "فراخوانی‌ها",
  "traffic.failures": "خطاها",
  "traffic.unrescued": "ناموفق برای فراخواننده یا دوباره انجام‌شده",
  "traffic.rescued": "جبران‌شده با مورد دیگر",
  "traffic.durations": "مدت",
  "traffic.p50": "میانه",
  "traffic.p95": "صدک ۹۵",
  "traffic.ms": "{ms} میلی‌ثانیه",
  "traffic.seconds": "{seconds} ثانیه",
  "traffic.time": "زمان",
  "traffic.others": "بقیه",
  "traffic.table": "نمایش به‌صورت جدول",
  "traffic.steps": "فراخوانی‌ها بر پایهٔ زمان",
  "traffic.byItem": "فراخوانی‌ها بر پایهٔ مورد",
  "traffic.outcomes": "انواع خطا",
  "traffic.changes": "تغییرات در این بازه",
  "traffic.changes.none": "در این بازه تغییری نبوده است.",
  "traffic.changes.all": "تاریخچه",
};
