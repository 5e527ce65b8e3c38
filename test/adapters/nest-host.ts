import type { INestApplication } from "@nestjs/common";
import { toNest } from "plugbay/nest";
import type { Framework } from "./contract.ts";
import { type HostOptions, ofServer } from "./host.ts";

/** The packages of one version of Nest. */
export interface Nest {
  readonly common: typeof import("@nestjs/common");
  readonly core: typeof import("@nestjs/core");
  readonly express: typeof import("@nestjs/platform-express");
  readonly fastify: typeof import("@nestjs/platform-fastify");
}

/** What tests of applications need beside them. */
export interface NestTools {
  readonly testing: typeof import("@nestjs/testing");
  readonly terminus: typeof import("@nestjs/terminus");
}

/** An application on one of Nest's platforms; `parseJson` gives it a parser of JSON from then on. */
interface Application {
  readonly app: INestApplication;
  parseJson(limit: number): unknown;
}

/** The hosts that the contract is run over. */
export function nestFrameworks(version: string, nest: Nest): Framework[] {
  const { NestFactory } = nest.core;

  const emptyModule = (): object => {
    class Empty {}
    nest.common.Module({})(Empty);
    return Empty;
  };
  const onExpress = async (): Promise<Application> => {
    const adapter = new nest.express.ExpressAdapter();
    const options = { logger: false, rawBody: true } as const;
    const app = await NestFactory.create<import("@nestjs/platform-express").NestExpressApplication>(
      emptyModule(),
      adapter,
      options,
    );
    return { app, parseJson: (limit) => app.useBodyParser("json", { limit }) };
  };
  const onFastify = async (): Promise<Application> => {
    const adapter = new nest.fastify.FastifyAdapter();
    const app = await NestFactory.create<import("@nestjs/platform-fastify").NestFastifyApplication>(
      emptyModule(),
      adapter,
      { logger: false },
    );
    return { app, parseJson: (bodyLimit) => app.useBodyParser("application/json", { bodyLimit }) };
  };
  const start =
    (create: () => Promise<Application>, parser: "in front" | "apart") =>
    async ({ admin, jsonLimit, kind: _, ...options }: HostOptions) => {
      const { app, parseJson } = await create();
      if (jsonLimit !== undefined && parser === "in front") parseJson(jsonLimit);
      app.use(toNest(admin, options));
      if (jsonLimit !== undefined && parser === "apart") parseJson(jsonLimit);
      await app.listen(0, "127.0.0.1");
      return ofServer(app.getHttpServer());
    };

  return [
    { name: `nest ${version} on express`, parser: "apart", start: start(onExpress, "apart") },
    { name: `nest ${version} on express, late`, parser: "in front", start: start(onExpress, "in front") },
    { name: `nest ${version} on fastify`, parser: "apart", start: start(onFastify, "apart") },
  ];
}
