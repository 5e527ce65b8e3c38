import type { hold as source } from "../en/hold.ts";
import type { Translation } from "../message.ts";

export const hold: Translation<typeof source> = {
  "hold.ask": "نگه داشتن",
  "hold.change": "تغییر نگه‌داشت",
  "hold.of": "نگه داشتن {item}",
  "hold.release": "رها کردن",
  "hold.title": "نگه داشتن {item}",
  "hold.text":
    "فراخوانی تازه نمی‌گیرد، حتی اگر هیچ مورد دیگری نتواند خدمت دهد. وضعیتش می‌ماند و فراخوانی‌های در جریان ادامه می‌یابند.",
  "hold.reason": "دلیل",
  "hold.reason.hint": "هر جا مورد دیده شود، کاربران این را می‌بینند.",
  "hold.reason.long": "حداکثر {most} نویسه.",
  "hold.for": "مدت",
  "hold.for.quarter": "۱۵ دقیقه",
  "hold.for.hour": "۱ ساعت",
  "hold.for.open": "تا رها شود",
  "hold.confirm": "نگه داشتن",
  "hold.held": "{item} نگه داشته شد.",
  "hold.released": "{item} رها شد.",
  "hold.notice": "{when} به دست {actor} نگه داشته شد",
  "hold.back": "بازگشت:",
  "hold.until": "تا {when}",
  "hold.open": "تا رها شود",
};
