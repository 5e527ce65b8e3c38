import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./schema.ts",
  out: "./migrations",
  // plugbay's tables are its own to migrate.
  tablesFilter: ["!plugbay_*"],
});
