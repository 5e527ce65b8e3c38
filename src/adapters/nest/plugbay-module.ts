import { InvalidOptionError } from "../../definition/errors.ts";
import { checkKnown, type OptionNames } from "../../definition/known-options.ts";
import type { AnyPluginType } from "../../definition/plugin-type.ts";
import type { Plugbay } from "../../plugbay.ts";
import { asRegistry } from "../../registry/registry.ts";
import { PlugbayHealthIndicator } from "./health-indicator.ts";
import { injectedTypes } from "./inject.ts";
import type {
  PlugbayModuleAsyncOptions,
  PlugbayModuleOptions,
  PlugbayOptions,
  PlugbayOptionsFactory,
} from "./module-options.ts";
import { GlobalPlace, OpenedPlugbay } from "./opened-plugbay.ts";
import { providedService } from "./provided-service.ts";
import { getPlugbayToken, getPluginToken } from "./tokens.ts";

/**
 * A `DynamicModule` of Nest 11 or 12. Its lists are for Nest alone to read.
 */
export interface PlugbayDynamicModule {
  /** The class of the module. */
  readonly module: typeof PlugbayModule;
  /** Whether all modules can inject from it. */
  readonly global: boolean;
  /** For Nest. */
  readonly imports: never[];
  /** For Nest. */
  readonly providers: never[];
  /** For Nest. */
  readonly exports: never[];
}

/** As Nest has it. */
type Token = string | symbol | object;
type Provider =
  | {
      readonly provide: Token;
      readonly inject?: readonly Token[];
      readonly useFactory: (...injected: never[]) => unknown;
    }
  | { readonly provide: Token; readonly useClass: object };

/** What differs between the modules that are made. */
interface Making {
  readonly isGlobal: boolean | undefined;
  readonly imports: readonly object[];
  /** What gives the options, under the token `options`. */
  readonly providers: readonly Provider[];
  /** Asked when Nest looks at the module: by then all classes are loaded that the application begins with. */
  readonly types: () => readonly AnyPluginType[];
  /** Those that have to be registered. */
  readonly checked: readonly AnyPluginType[];
}

const options = Symbol("options of PlugbayModule");
const opened = Symbol("PlugbayModule's plugbay");
const place = Symbol("PlugbayModule's place in the application");

/** A module without options, which Nest has once in an application. */
class PlugbayApplication {}
const application = {
  module: PlugbayApplication,
  providers: [{ provide: place, useFactory: () => new GlobalPlace() }],
  exports: [place],
};

/**
 * Plugbay as a module of Nest 11 or 12. It opens plugbay before what injects it is made, and closes it when the application
 * has closed: after `onModuleDestroy`, `beforeApplicationShutdown` and the last requests. It provides plugbay
 * (`@InjectPlugbay()`), the service of each type (`@InjectPlugin(otp)`), and a `PlugbayHealthIndicator`.
 *
 * @example
 * @Module({ imports: [PlugbayModule.forRoot({ database: sqlite("app.db"), plugins: [otp, smsIr] })] })
 * export class AppModule {}
 */
// biome-ignore lint/complexity/noStaticOnlyClass: Nest knows modules by their classes
export class PlugbayModule {
  /**
   * The module with the options of `openPlugbay`, or with a plugbay that is open already, which is left open.
   *
   * @throws UnknownOptionError; the application's start throws what `openPlugbay` throws
   * @example
   * PlugbayModule.forRoot({ plugbay: await openTestPlugbay({ plugins: [otp, smsIr] }) });
   */
  static forRoot({ isGlobal, ...given }: PlugbayModuleOptions): PlugbayDynamicModule {
    return make({
      isGlobal,
      imports: [],
      providers: [{ provide: options, useFactory: () => given }],
      types: () => typesOf(given),
      checked: [],
    });
  }

  /**
   * The same with options that are made when the application starts, from what is injected.
   *
   * @throws UnknownOptionError, InvalidOptionError; the application's start throws what `openPlugbay` throws
   * @example
   * PlugbayModule.forRootAsync({
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({ database: postgres(config.getOrThrow("DATABASE_URL")), plugins }),
   * });
   */
  static forRootAsync(given: PlugbayModuleAsyncOptions): PlugbayDynamicModule {
    checkKnown("PlugbayModule.forRootAsync", given, asyncNames);
    const { isGlobal, imports = [], types } = given;
    return make({
      isGlobal,
      imports,
      providers: providersOf(given),
      types: () => types ?? [...injectedTypes().values()],
      checked: types ?? [],
    });
  }
}

const asyncNames: OptionNames<PlugbayModuleAsyncOptions> = {
  ...{ isGlobal: true, imports: true, types: true },
  ...{ inject: true, useFactory: true, useClass: true, useExisting: true },
};

const typesOf = (given: PlugbayOptions): readonly AnyPluginType[] =>
  ("plugbay" in given ? given.plugbay.registry : asRegistry(given.plugins)).types();

function providersOf(given: PlugbayModuleAsyncOptions): Provider[] {
  const { inject = [], useFactory, useClass, useExisting } = given;
  const ways = [useFactory, useClass, useExisting].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    const problem = "PlugbayModule.forRootAsync takes one of useFactory, useClass and useExisting";
    throw new InvalidOptionError("useFactory", useFactory, problem);
  }
  if (useFactory) return [{ provide: options, inject, useFactory }];
  const factory = (useClass ?? useExisting) as Token;
  return [
    ...(useClass ? [{ provide: useClass, useClass }] : []),
    {
      provide: options,
      inject: [factory],
      useFactory: (one: PlugbayOptionsFactory) => one.createPlugbayOptions(),
    },
  ];
}

function make({ isGlobal = true, imports, providers, types, checked }: Making): PlugbayDynamicModule {
  const own: Provider[] = [
    ...providers,
    {
      provide: opened,
      inject: [place],
      useFactory: async (one: GlobalPlace) => {
        const keeper = new OpenedPlugbay();
        if (isGlobal) await one.take(keeper);
        return keeper;
      },
    },
    {
      provide: getPlugbayToken(),
      inject: [opened, options],
      useFactory: (one: OpenedPlugbay, given: PlugbayOptions) => one.open(given, checked),
    },
    {
      provide: PlugbayHealthIndicator,
      inject: [getPlugbayToken()],
      useFactory: (plugbay: Plugbay) => new PlugbayHealthIndicator(plugbay),
    },
  ];
  const services = (): Provider[] =>
    types().map((type) => ({
      provide: getPluginToken(type),
      inject: [getPlugbayToken()],
      useFactory: (plugbay: Plugbay) => providedService(plugbay, type),
    }));
  return {
    module: PlugbayModule,
    global: isGlobal,
    imports: forNest([...imports, application]),
    get providers() {
      return forNest([...own, ...services()]);
    },
    get exports() {
      const tokens = services().map(({ provide }) => provide);
      return forNest([getPlugbayToken(), PlugbayHealthIndicator, ...tokens]);
    },
  };
}

/** Nest's types are not named here, so that plugbay needs no Nest: its lists take a list of `never`. */
const forNest = (list: readonly unknown[]): never[] => list as never[];
