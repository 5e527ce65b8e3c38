import type { impact as source } from "../en/impact.ts";
import type { Translation } from "../message.ts";

export const impact: Translation<typeof source> = {
  "impact.loading": "در حال بررسی پیامدها",
  "impact.unknown": "پیامدهای این کار روشن نشد: {title}",
  "impact.nothing": "این کار چیزی را تغییر نمی‌دهد.",
  "impact.same": "آنچه در خدمت است همان می‌ماند.",
  "impact.named": "{type}: {effect}",
  "impact.unserved": "دیگر هیچ موردی در خدمت نخواهد بود؛ اکنون {before}",
  "impact.served": "{after} در خدمت خواهد بود؛ اکنون هیچ موردی نیست",
  "impact.switched": "{after} به جای {before} در خدمت خواهد بود",
  "impact.remade": "{after} با این پیکربندی در خدمت می‌ماند",
  "impact.same.type": "بدون تغییر",
  "impact.unknown.type": "به آرگومان‌های هر فراخوانی بستگی دارد",
  "impact.untried": "(تاکنون به کار نرفته و هنوز آزموده نیست)",
  "impact.more": { one: "{count} نوع دیگر", other: "{count} نوع دیگر" },
};
