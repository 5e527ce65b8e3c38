import "reflect-metadata";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import * as common from "@nestjs/common";
import * as core from "@nestjs/core";
import * as express from "@nestjs/platform-express";
import * as fastify from "@nestjs/platform-fastify";
import * as terminus from "@nestjs/terminus";
import * as testing from "@nestjs/testing";
import {
  definePlugin,
  definePluginType,
  InvalidDefinitionError,
  InvalidOptionError,
  InvalidTokenError,
  type OpenOptions,
  type Plugbay,
  UnknownOptionError,
  UnknownTypeError,
} from "plugbay";
import {
  getPlugbayToken,
  getPluginToken,
  InjectPlugin,
  PlugbayHealthIndicator,
  PlugbayModule,
  type PlugbayOptionsFactory,
} from "plugbay/nest";
import { postgres } from "plugbay/postgres";
import { sqlite } from "plugbay/sqlite";
import { openTestPlugbay } from "plugbay/testing";
import { describe, expect, test, vi } from "vitest";
import { installNest11 } from "./install-nest-11.ts";
import type { Nest, NestTools } from "./nest-host.ts";
import { classesOf, farewell, moduleOf, otp, type SignIn, sender, startApp } from "./nest-module-app.ts";

const nest12 = { common, core, express, fastify, testing, terminus } as const;
const nest11 = await installNest11();
const versions: Record<string, Nest & NestTools> = { ...(nest11 && { 11: nest11 }), 12: nest12 };
if (nest11 === undefined) {
  test.skip("runs in Nest 11 where the package registry can be reached, which it cannot from here", () => {});
}

const sms = sender("sms");
const options = (plugins: OpenOptions["plugins"] = [otp, sms]) => ({ database: sqlite(":memory:"), plugins });

/** A plugin whose instance tells that plugbay has closed. */
function told() {
  const dispose = vi.fn();
  const create = () => ({ sendOtp: async () => "sms" });
  return { dispose, plugin: definePlugin(otp, { name: "sms", module: "apps/otp-sms", create, dispose }) };
}

/** Over a connection that is not kept: a server that closes waits for those. */
async function ask(url: string): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const [answer] = (await once(get(url, { agent: false }), "response")) as [IncomingMessage];
  return { status: answer.statusCode, body: await text(answer) };
}

const payment = definePluginType<{ pay(): Promise<string> }>({
  name: "payment",
  manager: "apps/shop",
  methods: { pay: "required" },
});

const applications = Object.entries(versions).flatMap(([version, nest]) =>
  (["express", "fastify"] as const).map((platform) => ({ version, nest, platform })),
);

describe.each(applications)("an application of Nest $version on $platform", ({ nest, platform }) => {
  const start = (...args: Parameters<typeof PlugbayModule.forRoot>) =>
    startApp(nest, platform, PlugbayModule.forRoot(...args));

  test("has what serves a type injected, for good, and what is told to Terminus", async () => {
    const { app, url, signIn } = await start(options([otp, sms, sender("voice")]));
    expect((await ask(`${url}/send`)).body).toBe("sms");
    expect(signIn.again).toBe(signIn.codes);
    const { plugbay } = signIn;
    const set = async (name: string, status: "active" | "disable") => {
      const id = plugbay.items(otp).find((item) => item.name === name)?.id ?? "";
      await plugbay.control.updateItem(id, { status }, { actor: "alice" });
    };
    await set("sms", "disable");
    expect((await ask(`${url}/send`)).body).toBe("voice");
    expect(JSON.parse((await ask(`${url}/health`)).body)).toMatchObject({
      status: "ok",
      details: {
        plugbay: {
          status: "up",
          state: "live",
          revision: plugbay.state.kind === "live" ? plugbay.state.revision : 0,
        },
      },
    });
    await set("voice", "disable");
    const down = await ask(`${url}/health`);
    expect(down.status).toBe(503);
    expect(JSON.parse(down.body)).toMatchObject({
      status: "error",
      error: { plugbay: { status: "down", state: "live", unserved: ["apps/otp:otp"] } },
    });
    await app.close();
  });

  test("answers its last requests, and destroys its modules, before plugbay closes", async () => {
    const bell = new EventTarget();
    const sendOtp = async (number: string) => {
      if (number === farewell) return "farewell";
      bell.dispatchEvent(new Event("called"));
      await once(bell, "answer");
      return "late";
    };
    const { app, url, signIn } = await start(options([otp, sender("sms", sendOtp)]));
    const called = once(bell, "called");
    const request = ask(`${url}/send`);
    await called;
    const closing = app.close();
    await vi.waitFor(() => expect(signIn.farewell).toBe("farewell"));
    // By now Nest waits for its server.
    expect(signIn.plugbay.state.kind).toBe("live");
    bell.dispatchEvent(new Event("answer"));
    expect((await request).body).toBe("late");
    await closing;
    expect(signIn.plugbay.state.kind).toBe("closed");
  });

  test("leaves a plugbay open that it was given, and its fakes", async () => {
    await using plugbay = await openTestPlugbay({ plugins: [otp, sms] });
    const { app, url, signIn } = await start({ plugbay });
    expect(signIn.plugbay).toBe(plugbay);
    await plugbay.override(otp, { sendOtp: async () => "fake" }, async () => {
      expect(await signIn.codes.sendOtp("+1 555 0100")).toBe("fake");
    });
    expect((await ask(`${url}/send`)).body).toBe("sms");
    await app.close();
    expect(signIn.farewell).toBe("sms");
    expect(plugbay.state.kind).toBe("live");
  });
});

describe.each(Object.entries(versions))("the module in Nest %s", (_version, nest) => {
  const { SignInModule, Services } = classesOf(nest);
  const compile = (imports: NonNullable<Parameters<Nest["common"]["Module"]>[0]["imports"]>) =>
    nest.testing.Test.createTestingModule({ imports });
  const withSignIn = (...imports: Parameters<typeof compile>[0]) => compile([...imports, SignInModule]);

  test("closes what it opened, without shutdown hooks, also if it was never started", async () => {
    const { plugin, dispose } = told();
    const app = await withSignIn(PlugbayModule.forRoot(options([otp, plugin]))).compile();
    expect(await app.get<SignIn>(Services).codes.sendOtp("+1 555 0100")).toBe("sms");
    expect(dispose).not.toHaveBeenCalled();
    await app.close();
    expect(app.get<SignIn>(Services).farewell).toBe("sms");
    expect(dispose).toHaveBeenCalledOnce();
  });

  test("closes what it opened when the application closes after a start that failed", async () => {
    class Failing {
      onModuleInit(): never {
        throw new Error("no queue");
      }
    }
    nest.common.Injectable()(Failing);
    const { plugin, dispose } = told();
    const root = moduleOf(nest, {
      imports: [PlugbayModule.forRoot(options([otp, plugin]))],
      providers: [Failing],
    });
    const app = await nest.core.NestFactory.create(root, { logger: false, abortOnError: false });
    await expect(app.init()).rejects.toThrow("no queue");
    await app.close();
    expect(dispose).toHaveBeenCalledOnce();
  });

  test("has its services and its plugbay replaced in tests", async () => {
    const root = PlugbayModule.forRoot({ ...options(), database: sqlite("/nowhere/app.db") });
    await using plugbay = await openTestPlugbay({ plugins: [otp, sender("test")] });
    const replaced = withSignIn(root).overrideProvider(getPlugbayToken()).useValue(plugbay);
    const app = await replaced.compile();
    expect(await app.get<SignIn>(Services).codes.sendOtp("+1 555 0100")).toBe("test");
    await app.close();
    expect(plugbay.state.kind).toBe("live");
    const sendOtp = async () => "fake";
    const faked = await replaced.overrideProvider(getPluginToken(otp)).useValue({ sendOtp }).compile();
    expect(await faked.get<SignIn>(Services).codes.sendOtp("+1 555 0100")).toBe("fake");
    await faked.close();
  });

  test("takes options from a factory with what it injects", async () => {
    const settings = moduleOf(nest, {
      providers: [{ provide: "file", useValue: ":memory:" }],
      exports: ["file"],
    });
    const root = PlugbayModule.forRootAsync({
      imports: [settings],
      inject: ["file"],
      useFactory: async (file: string) => ({ ...options(), database: sqlite(file) }),
    });
    const app = await withSignIn(root).compile();
    expect(await app.get<SignIn>(Services).codes.sendOtp("+1 555 0100")).toBe("sms");
    await app.close();
    expect(app.get<SignIn>(Services).plugbay.state.kind).toBe("closed");
  });

  test("takes options from a class, its own or one that is there", async () => {
    class Factory implements PlugbayOptionsFactory {
      createPlugbayOptions() {
        return options();
      }
    }
    const there = moduleOf(nest, { providers: [Factory], exports: [Factory] });
    for (const root of [
      PlugbayModule.forRootAsync({ useClass: Factory }),
      PlugbayModule.forRootAsync({ imports: [there], useExisting: Factory }),
    ]) {
      const app = await withSignIn(root).compile();
      expect(await app.get<SignIn>(Services).codes.sendOtp("+1 555 0100")).toBe("sms");
      await app.close();
    }
  });

  test("may be a module's own: two of them have each their own plugbay", async () => {
    const names = ["sms", "voice"];
    const modules = names.map((name) => {
      class Local {}
      InjectPlugin(otp)(Local.prototype, "codes");
      nest.common.Injectable()(Local);
      const own = PlugbayModule.forRoot({ ...options([otp, sender(name)]), isGlobal: false });
      return { Local, Module: moduleOf(nest, { imports: [own], providers: [Local] }) };
    });
    const app = await compile(modules.map((one) => one.Module)).compile();
    const sent = modules.map(({ Local }) =>
      app.get<{ codes: SignIn["codes"] }>(Local).codes.sendOtp("+1 555 0100"),
    );
    expect(await Promise.all(sent)).toEqual(names);
    await app.close();
    // Elsewhere nothing is injected from it.
    const own = PlugbayModule.forRoot({ ...options(), isGlobal: false });
    await expect(withSignIn(own).compile()).rejects.toThrow(/resolve dependencies/);
  });

  test("is refused where it is global twice", async () => {
    const made = [told(), told()];
    const twice = made.map(({ plugin }) => PlugbayModule.forRoot(options([otp, plugin])));
    const start = withSignIn(...twice).compile();
    await expect(start).rejects.toBeInstanceOf(InvalidDefinitionError);
    await expect(start).rejects.toThrow(/global twice .* isGlobal: false/);
    // What the one has opened by then is not left open.
    await vi.waitFor(() => expect(made.map(({ dispose }) => dispose.mock.calls.length)).toEqual([1, 0]));
  });

  test("fails the start as plugbay does, and names a type that it lacks", async () => {
    const unknown = { ...options(), databse: "app.db" };
    await expect(withSignIn(PlugbayModule.forRoot(unknown)).compile()).rejects.toBeInstanceOf(
      UnknownOptionError,
    );
    const failing = PlugbayModule.forRootAsync({ useFactory: () => Promise.reject(new Error("no secrets")) });
    await expect(withSignIn(failing).compile()).rejects.toThrow("no secrets");
    const lacking = PlugbayModule.forRoot(options([payment]));
    await expect(withSignIn(lacking).compile()).rejects.toThrow(/plugbay\.plugin \["apps\/otp","otp"\]/);
  });

  test("closes plugbay again when a type that it is to provide is not registered", async () => {
    const { plugin, dispose } = told();
    const useFactory = () => options([otp, plugin]);
    const start = withSignIn(PlugbayModule.forRootAsync({ useFactory, types: [otp, payment] })).compile();
    await expect(start).rejects.toBeInstanceOf(UnknownTypeError);
    expect(dispose).toHaveBeenCalledOnce();
  });

  test("passes over types of another application's classes, until they are registered", async () => {
    class Elsewhere {}
    InjectPlugin(payment)(Elsewhere.prototype, "payments");
    const app = await withSignIn(PlugbayModule.forRootAsync({ useFactory: () => options() })).compile();
    const payments = app.get<{ pay(): Promise<string> }>(getPluginToken(payment), { strict: false });
    await expect(payments.pay()).rejects.toBeInstanceOf(UnknownTypeError);
    const plugbay = app.get<Plugbay>(getPlugbayToken(), { strict: false });
    const cash = { name: "cash", module: "apps/shop", create: () => ({ pay: async () => "paid" }) };
    plugbay.registry.register(payment, definePlugin(payment, cash));
    await plugbay.refresh();
    expect(await payments.pay()).toBe("paid");
    await app.close();
  });

  test("provides each type that is registered by the time of the start, without a class that injects it", async () => {
    const app = await compile([PlugbayModule.forRoot(options([otp, sms, payment]))]).compile();
    expect(app.get(getPluginToken(payment), { strict: false })).toHaveProperty("pay");
    await app.close();
  });
});

describe("the health of plugbay", () => {
  test("is up without its database, and says since when", async () => {
    await using plugbay = await openTestPlugbay({ plugins: [otp, sms] });
    expect(new PlugbayHealthIndicator(plugbay).isHealthy("plugbay")).toEqual({
      plugbay: { status: "up", state: "live", revision: expect.any(Number) },
    });
    const app = await testing.Test.createTestingModule({
      imports: [
        PlugbayModule.forRoot({
          database: postgres("postgres://alice@127.0.0.1:1/app"),
          plugins: [otp, sms],
          bootstrap: "code",
          readyTimeoutMs: 1,
        }),
      ],
    }).compile();
    const indicator = app.get(PlugbayHealthIndicator, { strict: false });
    expect(indicator.isHealthy("plugbay", { types: [otp] })).toEqual({
      plugbay: {
        status: "up",
        state: "bootstrapped",
        revision: 0,
        since: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
    await app.close();
    expect(indicator.isHealthy("plugbay")).toEqual({ plugbay: { status: "down", state: "closed" } });
  });

  test("names items that failed without their errors, and what is not served without needing it", async () => {
    const create = () => {
      throw new Error("the token 4711 was refused");
    };
    const broken = definePlugin(otp, { name: "broken", module: "apps/otp-sms", create });
    await using plugbay = await openTestPlugbay({ plugins: [otp, broken, payment] });
    const indicator = new PlugbayHealthIndicator(plugbay);
    const details = { unserved: ["apps/otp:otp", "apps/shop:payment"], failed: ["apps/otp-sms:broken"] };
    expect(indicator.isHealthy("plugbay").plugbay).toMatchObject({ status: "up", ...details });
    expect(indicator.isHealthy("plugbay", { types: [payment] }).plugbay.status).toBe("down");
    expect(JSON.stringify(indicator.isHealthy("plugbay"))).not.toContain("4711");
  });

  test("counts a type with a selector as served while it has something to choose, in reserve too", async () => {
    const byCountry = otp.withSelector((candidates, _country: string) => candidates.active[0]);
    await using plugbay = await openTestPlugbay({ plugins: [byCountry, sms] });
    const indicator = new PlugbayHealthIndicator(plugbay);
    const status = () => indicator.isHealthy("plugbay", { types: [byCountry] }).plugbay.status;
    const [item] = plugbay.items(byCountry);
    expect(status()).toBe("up");
    await plugbay.control.updateItem(item?.id ?? "", { status: "reserve" }, { actor: "alice" });
    expect(status()).toBe("up");
    await plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, { actor: "alice" });
    expect(status()).toBe("down");
  });
});

describe("tokens", () => {
  const type = (manager: string, name: string) =>
    definePluginType<{ run(): void }>({ manager, name, methods: { run: "required" } });

  test("are those of an identity", () => {
    expect(getPluginToken(type("apps/otp", "otp"))).toBe(getPluginToken(otp));
    expect(getPluginToken(type("x", 'y","z'))).not.toBe(getPluginToken(type('x","y', "z")));
    expect(getPluginToken(type("x-by-y", "z"))).not.toBe(getPluginToken(type("x", "y-by-z")));
  });

  test("are not made of anything else, nor is it injected", () => {
    expect(() => getPluginToken(sms as never)).toThrow(InvalidTokenError);
    // As it is where modules import each other.
    expect(() => InjectPlugin(undefined as never)).toThrow(/import each other/);
  });
});

describe("options", () => {
  test.each([
    ["none of the ways to make them", {}, InvalidOptionError],
    ["two of them", { useFactory: () => options(), useExisting: "there" }, InvalidOptionError],
    ["one that there is not", { useFactory: () => options(), global: true }, UnknownOptionError],
  ])("are refused with %s", (_name, given, error) => {
    expect(() => PlugbayModule.forRootAsync(given)).toThrow(error);
  });

  test("beside an open plugbay are refused", async () => {
    await using plugbay = await openTestPlugbay({ plugins: [] });
    const root = PlugbayModule.forRoot({ plugbay, sync: false } as never);
    const start = testing.Test.createTestingModule({ imports: [root] }).compile();
    await expect(start).rejects.toBeInstanceOf(UnknownOptionError);
  });
});
