import type { reasons as source } from "../en/reasons.ts";
import type { Translation } from "../message.ts";

export const reasons: Translation<typeof source> = {
  "reasons.optional": "دلیل (اختیاری)",
  "reasons.required": "دلیل",
  "reasons.long": "حداکثر {most} نویسه.",
  "reasons.ask.title": "دلیل این تغییر چیست؟",
  "reasons.ask.text": "هر تغییری در اینجا به دلیل نیاز دارد. تاریخچه آن را نشان می‌دهد.",
  "reasons.ask.confirm": "ادامه",
  "reasons.none.title": "دلیلی داده نشد",
  "reasons.none.hint": "چیزی تغییر نکرد.",
};
