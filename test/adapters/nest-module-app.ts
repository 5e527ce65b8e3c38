import type { INestApplication } from "@nestjs/common";
import { definePlugin, definePluginType, type Plugbay, type Plugin, type Service } from "plugbay";
import { InjectPlugbay, InjectPlugin, PlugbayHealthIndicator, type PlugbayModule } from "plugbay/nest";
import type { Nest, NestTools } from "./nest-host.ts";

export interface OtpSender {
  sendOtp(number: string): Promise<string>;
}

export const otp = definePluginType<OtpSender>({
  name: "otp",
  manager: "apps/otp",
  policy: { maxAttempts: 1 },
  methods: { sendOtp: "required" },
});

export const sender = (name: string, sendOtp: OtpSender["sendOtp"] = async () => name): Plugin<OtpSender> =>
  definePlugin(otp, { name, module: "apps/otp-sms", create: () => ({ sendOtp }) });

/** To whom a code is sent when a module is destroyed. */
export const farewell = "+1 555 0199";

/** A service that is injected by its constructor, and by properties. */
export interface SignIn {
  readonly codes: Service<OtpSender>;
  readonly again: Service<OtpSender>;
  readonly plugbay: Plugbay;
  /** What a call in `onModuleDestroy` came to. */
  readonly farewell: string | undefined;
}

/** The classes of an application, as a compiler makes them of decorators. */
export function classesOf({ common, terminus }: Nest & NestTools) {
  class Services implements SignIn {
    declare readonly again: Service<OtpSender>;
    farewell: string | undefined;
    readonly codes: Service<OtpSender>;
    readonly plugbay: Plugbay;
    constructor(codes: Service<OtpSender>, plugbay: Plugbay) {
      this.codes = codes;
      this.plugbay = plugbay;
    }
    async onModuleDestroy(): Promise<void> {
      this.farewell = await this.codes.sendOtp(farewell).catch(String);
    }
  }
  InjectPlugin(otp)(Services, undefined, 0);
  InjectPlugbay()(Services, undefined, 1);
  InjectPlugin(otp)(Services.prototype, "again");
  common.Injectable()(Services);

  class Routes {
    readonly #signIn: SignIn;
    readonly #health: { check(checks: (() => object)[]): Promise<object> };
    readonly #indicator: PlugbayHealthIndicator;
    constructor(
      signIn: SignIn,
      health: { check(checks: (() => object)[]): Promise<object> },
      indicator: PlugbayHealthIndicator,
    ) {
      this.#signIn = signIn;
      this.#health = health;
      this.#indicator = indicator;
    }
    send(): Promise<string> {
      return this.#signIn.codes.sendOtp("+1 555 0100");
    }
    health(): Promise<object> {
      return this.#health.check([() => this.#indicator.isHealthy("plugbay", { types: [otp] })]);
    }
  }
  common.Inject(Services)(Routes, undefined, 0);
  common.Inject(terminus.HealthCheckService)(Routes, undefined, 1);
  common.Inject(PlugbayHealthIndicator)(Routes, undefined, 2);
  const decorate = (method: "send" | "health", ...decorators: MethodDecorator[]): void => {
    const descriptor = Object.getOwnPropertyDescriptor(Routes.prototype, method);
    for (const decorator of decorators) decorator(Routes.prototype, method, descriptor ?? {});
  };
  decorate("send", common.Get("send"));
  decorate("health", terminus.HealthCheck(), common.Get("health"));
  common.Controller()(Routes);

  /** A module that imports nothing of plugbay, below the root, which does. */
  class SignInModule {}
  const { TerminusModule } = terminus;
  const metadata = { providers: [Services], controllers: [Routes], exports: [Services] };
  common.Module({ ...metadata, imports: [TerminusModule.forRoot({ logger: false })] })(SignInModule);
  return { Services: Services as new (...injected: never[]) => SignIn, SignInModule };
}

/** A module of these. */
export function moduleOf({ common }: Nest, metadata: Parameters<Nest["common"]["Module"]>[0]) {
  class Root {}
  common.Module(metadata)(Root);
  return Root;
}

export type ModuleOfPlugbay = ReturnType<typeof PlugbayModule.forRoot>;

/** Starts an application with the routes on a platform of Nest. */
export async function startApp(
  nest: Nest & NestTools,
  platform: "express" | "fastify",
  plugbayModule: ModuleOfPlugbay,
): Promise<{ readonly app: INestApplication; readonly url: string; readonly signIn: SignIn }> {
  const { Services, SignInModule } = classesOf(nest);
  const root = moduleOf(nest, { imports: [plugbayModule, SignInModule] });
  const adapter =
    platform === "express" ? new nest.express.ExpressAdapter() : new nest.fastify.FastifyAdapter();
  const app = await nest.core.NestFactory.create(root, adapter, { logger: false, abortOnError: false });
  await app.listen(0, "127.0.0.1");
  return { app, url: await app.getUrl(), signIn: app.get<SignIn>(Services) };
}
