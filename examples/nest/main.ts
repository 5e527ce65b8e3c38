import "reflect-metadata";
import { NestFactory } from "@nestjs/core";
import type { Plugbay } from "plugbay";
import { createAdmin } from "plugbay/admin";
import { getPlugbayToken, toNest } from "plugbay/nest";
import { AppModule } from "./app.module.ts";

const app = await NestFactory.create(AppModule, { logger: ["error", "warn"] });
const admin = createAdmin(app.get<Plugbay>(getPlugbayToken()), {
  basePath: "/admin",
  // Stands for your own sign-in.
  authorize: ({ headers }) =>
    headers.get("authorization") === "Bearer 4711" ? { actor: "alice", access: "write" } : null,
});
app.use(toNest(admin));
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
console.log(await app.getUrl());
