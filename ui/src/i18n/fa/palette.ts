import type { palette as source } from "../en/palette.ts";
import type { Translation } from "../message.ts";

export const palette: Translation<typeof source> = {
  "palette.title": "جستجو در همه‌جا",
  "palette.hint": "یک صفحه، نوع، مورد یا شناسهٔ مورد",
  "palette.page": "صفحه",
  "palette.help": "میان‌برهای صفحه‌کلید",
  "palette.key.search": "جستجو در این صفحه",
  "palette.key.overview": "نمای کلی",
};
