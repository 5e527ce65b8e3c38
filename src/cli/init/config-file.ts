import { type DatabaseName, extensionOf, type Project } from "./project.ts";
import type { Template } from "./sender-files.ts";

const calls: Readonly<Record<DatabaseName, string>> = {
  sqlite: 'sqlite("app.db")',
  postgres: 'postgres(process.env.DATABASE_URL ?? "postgres://localhost:5432/app")',
  mysql: 'mysql(process.env.DATABASE_URL ?? "mysql://localhost:3306/app")',
};

/** What the application and the command go by. Node loads it as it is, so its language and kind are the project's. */
export function configFile(project: Project): Template {
  const { database, sources } = project;
  const text = `import { defineConfig } from "plugbay";
import { ${database} } from "plugbay/${database}";
import { mail } from "./plugins/mail.js";
import { otp } from "./plugins/otp.js";
import { sms } from "./plugins/sms.js";

export default defineConfig({
  database: ${calls[database]},
  plugins: [otp, sms, mail],
});
`;
  return { path: `${sources}plugbay.config.${extensionOf(project)}`, text };
}
