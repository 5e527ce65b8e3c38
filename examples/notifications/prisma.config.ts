/** For Prisma instead of Drizzle: `external` is what the head of prisma/plugbay.prisma says. */
export default {
  schema: "prisma",
  experimental: { externalTables: true },
  tables: {
    external: [
      "plugbay_alert",
      "plugbay_attention",
      "plugbay_audit",
      "plugbay_change",
      "plugbay_circuit",
      "plugbay_event",
      "plugbay_item",
      "plugbay_leader",
      "plugbay_migration",
      "plugbay_process",
      "plugbay_revision",
      "plugbay_traffic",
      "plugbay_type",
    ],
  },
  // The database in which Prisma tries migrations has nothing of plugbay otherwise.
  migrations: { initShadowDb: "create table plugbay_item (id text primary key);" },
};
