import type { palette as source } from "../en/palette.ts";
import type { Translation } from "../message.ts";

export const palette: Translation<typeof source> = {
  "palette.title": "جستجو در همه‌جا",
  "palette.hint": "یک صفحه، نوع، مورد یا شناسهٔ آن، یا «نگه داشتن» و نام مورد",
  "palette.page": "صفحه",
  "palette.action": "کار",
  "palette.do.serve": "اکنون در خدمت",
  "palette.do.hold": "نگه داشتن",
  "palette.do.check": "آزمایش اتصال",
  "palette.check.none": "افزونهٔ آن آزمایشی برای اتصال ندارد.",
  "palette.do.disable": "غیرفعال کردن",
  "palette.disable.title": "{item} غیرفعال شود؟",
  "palette.help": "میان‌برهای صفحه‌کلید",
  "palette.key.search": "جستجو در این صفحه",
  "palette.key.overview": "نمای کلی",
};
