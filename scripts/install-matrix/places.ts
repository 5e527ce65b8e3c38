import { commonjs, modules } from "../../test/ecosystem/programs.ts";

/** An application that plugbay is added to, and what is run in it. */
export interface Place {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** Each a program, its arguments, and what it prints among other things. */
  readonly runs: readonly {
    readonly line: readonly [program: string, ...args: string[]];
    readonly prints: string;
  }[];
}

const common = { kysely: "^0.28.18", "@photostructure/sqlite": "^1.2.1" };

const command = { line: ["plugbay", "--help"], prints: "plugbay migrate" } as const;

const empty: Place = {
  name: "empty folder",
  dependencies: common,
  files: { "main.mjs": modules, "main.cjs": commonjs },
  runs: [
    { line: ["node", "main.mjs"], prints: "sent" },
    { line: ["node", "main.cjs"], prints: "sent" },
    command,
  ],
};

const besideJest = (version: string): Place => ({
  name: `beside Jest ${version}`,
  dependencies: { ...common, jest: `^${version}` },
  files: {
    "main.js": commonjs,
    "main.test.js": `test("sends", async () => expect(await require("./main.js").send()).toBe("sent"));`,
  },
  runs: [{ line: ["jest"], prints: "1 passed" }, command],
});

/** What `nest new` makes, as far as npm and the compiler are concerned. */
const inNest: Place = {
  name: "Nest 11 project",
  dependencies: {
    ...common,
    "@nestjs/common": "^11",
    "@nestjs/core": "^11",
    "@nestjs/platform-express": "^11",
    "@nestjs/testing": "^11",
    "reflect-metadata": "^0.2",
    rxjs: "^7",
    jest: "^30",
    "ts-jest": "^29",
    // A peer of ts-jest, which PnP does not let it find by chance.
    "jest-util": "^30",
    "@types/jest": "^30",
    "@types/node": "^22",
    typescript: "^5.7",
  },
  files: {
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        module: "nodenext",
        moduleResolution: "nodenext",
        isolatedModules: true,
        esModuleInterop: true,
        declaration: true,
        emitDecoratorMetadata: true,
        experimentalDecorators: true,
        target: "es2023",
        outDir: "dist",
        strictNullChecks: true,
        skipLibCheck: true,
        types: ["jest", "node"],
      },
      include: ["src"],
    }),
    "jest.config.json": JSON.stringify({
      rootDir: "src",
      testRegex: ".*\\.spec\\.ts$",
      moduleFileExtensions: ["js", "json", "ts"],
      transform: { "^.+\\.(t|j)s$": "ts-jest" },
      testEnvironment: "node",
    }),
    "src/app.module.ts": `
import { Inject, Injectable, Module, type OnModuleDestroy } from "@nestjs/common";
import { definePlugin, definePluginType, openPlugbay, type Plugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";

const mail = definePluginType<{ send(): string }>({ name: "mail", manager: "app", methods: { send: "required" } });
const smtp = definePlugin(mail, { name: "smtp", module: "app", create: () => ({ send: () => "sent" }) });
const open = () => openPlugbay({ database: sqlite(":memory:"), plugins: [mail, smtp] });

@Injectable()
export class Mailer implements OnModuleDestroy {
  constructor(@Inject("plugbay") private readonly plugbay: Plugbay) {}
  send = (): string => this.plugbay.require(mail).send();
  onModuleDestroy = (): Promise<void> => this.plugbay.close();
}

@Module({ providers: [Mailer, { provide: "plugbay", useFactory: open }] })
export class AppModule {}
`,
    "src/main.ts": `
import { NestFactory } from "@nestjs/core";
import { AppModule, Mailer } from "./app.module";

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  await app.listen(0);
  console.log(app.get(Mailer).send());
  await app.close();
}
void bootstrap();
`,
    "src/app.spec.ts": `
import { Test } from "@nestjs/testing";
import { AppModule, Mailer } from "./app.module";

test("sends", async () => {
  const app = await Test.createTestingModule({ imports: [AppModule] }).compile();
  expect(app.get(Mailer).send()).toBe("sent");
  await app.close();
});
`,
  },
  runs: [
    { line: ["jest", "--config", "jest.config.json"], prints: "1 passed" },
    { line: ["tsc"], prints: "" },
    { line: ["node", "dist/main.js"], prints: "sent" },
    command,
  ],
};

/** Which is no peer of plugbay's, and found all the same. */
export const besideBetterAuth: Place = {
  name: "with better-auth",
  dependencies: { ...common, "better-auth": "^1.7" },
  files: {
    "plugbay.config.mjs": `
import { sqlite } from "plugbay/sqlite";
export default { database: sqlite("app.db"), plugins: [] };
`,
  },
  runs: [{ line: ["plugbay", "user", "list"], prints: "" }],
};

export const places: readonly Place[] = [empty, besideJest("30"), besideJest("29"), inNest, besideBetterAuth];

/** What CI has the time for. */
export const quickPlaces: readonly Place[] = [empty, besideJest("30")];
