import type { processes as source } from "../en/processes.ts";
import type { Translation } from "../message.ts";

export const processes: Translation<typeof source> = {
  "processes.title": "پردازه‌ها",
  "processes.intro": {
    one: "{count} پردازه در کار است. تازه‌ترین بازنگری {revision} است.",
    other: "{count} پردازه در کارند. تازه‌ترین بازنگری {revision} است.",
  },
  "processes.none.title": "از هیچ پردازه‌ای خبری نیست",
  "processes.none.hint":
    "هر پردازه تا ۱۵ ثانیه پس از آغاز خودش را اعلام می‌کند، اگر پایگاه داده پاسخ دهد. اگر اینجا خالی ماند، به گزارش برنامه نگاه کنید.",
  "processes.name": "پردازهٔ {pid} روی {host}",
  "processes.this": "به شما پاسخ می‌دهد",
  "processes.this.hint": "پردازه‌ای که به این پنل پاسخ می‌دهد. آمادگی در صفحه‌های دیگر از نگاه آن است.",
  "processes.upToDate": "به‌روز",
  "processes.behind": { one: "{count} بازنگری عقب", other: "{count} بازنگری عقب" },
  "processes.behind.hint":
    "تا تازه‌ترین ترتیب را نخوانده با ترتیب قدیمی‌تر کار می‌کند؛ این چند ثانیه می‌کشد. اگر عقب ماند، ارتباطش با پایگاه داده مشکل دارد.",
  "processes.unheard": "از آخرین تغییر خبری نداده",
  "processes.unheard.hint": "هر ۱۵ ثانیه بازنگری خود را اعلام می‌کند. تا بار بعد صبر کنید.",
  "processes.silent": "خاموش",
  "processes.silent.hint":
    "هر ۱۵ ثانیه خودش را اعلام می‌کند و به‌تازگی نکرده است: بسته شده، گیر کرده یا پایگاه داده را از دست داده. خودش از این فهرست می‌رود.",
  "processes.state": "حالت",
  "processes.state.live": "زنده",
  "processes.state.stale": "کهنه",
  "processes.state.stale.hint": "پایگاه داده را از دست داده و با آخرین دانسته‌هایش کار می‌کند.",
  "processes.state.bootstrapped": "بدون پایگاه داده",
  "processes.state.bootstrapped.hint":
    "از آغاز به پایگاه داده نرسیده و با آنچه کدش یا آخرین تصویر ذخیره‌شده می‌گوید کار می‌کند.",
  "processes.state.closed": "بسته",
  "processes.revision": "بازنگری",
  "processes.transport": "خبردار شدن از تغییر با",
  "processes.transport.listen": "PostgreSQL، بی‌درنگ",
  "processes.transport.redis": "Redis، بی‌درنگ",
  "processes.transport.poll": "پرس‌وجوی پی‌درپی",
  "processes.version": "نسخه",
  "processes.version.none": "داده نشده",
  "processes.started": "آغاز",
  "processes.seen": "آخرین خبر",
  "processes.misses": { one: "{count} افزونه را ندارد", other: "{count} افزونه را ندارد" },
  "processes.misses.hint": "موردهایی در استفاده‌اند که این پردازه افزونه‌شان را در کدش ندارد.",
  "processes.failures": { one: "{count} افزونه ناموفق", other: "{count} افزونه ناموفق" },
  "processes.healthy": "همهٔ افزونه‌های در استفاده موجودند.",
  "processes.more": { one: "{count} تای دیگر", other: "{count} تای دیگر" },
  "diagnosis.title": "عیب‌یابی",
  "diagnosis.hint":
    "همهٔ سطرها را می‌خواند و می‌گوید در آن‌ها، در افزونه‌ها و در پردازه‌ها چه چیزی درست نیست. یافته‌ها به انگلیسی‌اند.",
  "diagnosis.run": "عیب‌یابی کن",
  "diagnosis.again": "دوباره عیب‌یابی کن",
  "diagnosis.well": "همه چیز درست است.",
  "diagnosis.problems": { one: "{count} مشکل", other: "{count} مشکل" },
  "diagnosis.warnings": { one: "{count} هشدار", other: "{count} هشدار" },
  "diagnosis.problem": "مشکل",
  "diagnosis.warning": "هشدار",
  "diagnosis.item": "به مورد",
};
