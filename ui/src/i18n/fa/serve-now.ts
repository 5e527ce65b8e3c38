import type { serveNow as source } from "../en/serve-now.ts";
import type { Translation } from "../message.ts";

export const serveNow: Translation<typeof source> = {
  "serveNow.action": "اکنون در خدمت باشد",
  "serveNow.title": "{item} اکنون در خدمت باشد",
  "serveNow.text":
    "فعال می‌شود، به جای نخست می‌رود و دوباره فراخوانی می‌گیرد. دیگران وضعیتشان را نگه می‌دارند و پس از آن می‌ایستند.",
  "serveNow.for": "مدت",
  "serveNow.for.good": "همیشه",
  "serveNow.for.hour": "۱ ساعت",
  "serveNow.for.time": "تا زمانی معین",
  "serveNow.time": "تا",
  "serveNow.until": "نخست تا {when}. پس از آن همه چیز مانند پیش است.",
  "serveNow.lead.text":
    "با هر وضعیت و جایی که دارد، نخست می‌شود و دوباره فراخوانی می‌گیرد. پس از آن مدت همه چیز مانند پیش است.",
  "serveNow.led": "{item} تا {when} نخست است.",
  "serveNow.testing": "اتصال در حال آزمایش است",
  "serveNow.confirm": "در خدمت باشد",
  "serveNow.anyway": "با این حال در خدمت باشد",
  "serveNow.done": "{item} اکنون انتخاب نخست است.",
};
