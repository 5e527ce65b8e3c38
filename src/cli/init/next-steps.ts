import { words } from "./package-manager.ts";
import { installLines } from "./packages.ts";
import { mounting, panelPath } from "./panel-files.ts";
import { extensionOf, type Project, testFile } from "./project.ts";
import { pluginFolder } from "./sender-files.ts";

/** Something that is left to do: lines to type, or to add to a file. */
export interface Step {
  readonly what: string;
  readonly lines: readonly string[];
}

/** What somebody does once the files are there. */
export function nextSteps(project: Project, isInstalled: boolean): Step[] {
  const install = isInstalled ? [] : installLines(project).map((line) => line.join(" "));
  const { script, command } = words[project.packageManager];
  if (project.isNew) {
    return [
      { what: "Install, test and start it", lines: [...install, `${script} test`, `${script} start`] },
      { what: "See what is there from a second terminal", lines: [`${command} plugbay list`] },
    ];
  }
  return [
    ...(install.length === 0 ? [] : [{ what: "Install what is needed", lines: install }]),
    { what: "Make the tables, and run the tests", lines: [`${command} plugbay migrate`, testLine(project)] },
    ...mountingSteps(project),
    {
      what:
        `Start the application with PANEL_USER=alice in its environment, and open ${panelPath}. ` +
        "Then put your own sign-in into",
      lines: [panelFile(project)],
    },
  ];
}

function testLine(project: Project): string {
  const { runner, language, packageManager } = project;
  const { command } = words[packageManager];
  const folder = pluginFolder(project);
  if (runner === "vitest") return `${command} vitest run ${folder}`;
  if (runner === "jest") return `${command} jest ${folder}`;
  const program = language === "typescript" ? `${command} tsx` : "node";
  return `${program} --test ${testFile(`${folder}*`, project)}`;
}

/** How the application gets the panel. Next finds it by its path. */
function mountingSteps({ framework, language, modules, suffix }: Project): Step[] {
  const importOf = (name: string, file: string): string =>
    language === "javascript" && modules === "commonjs"
      ? `const ${name} = require("./${file}${suffix}");`
      : `import ${name} from "./${file}${suffix}";`;
  if (framework === "next") return [];
  if (framework === "nest") {
    return [
      {
        what: "Add plugbay to the imports of AppModule",
        lines: [
          'import { PlugbayModule } from "plugbay/nest";',
          importOf("config", "plugbay.config"),
          "imports: [PlugbayModule.forRoot(config)]",
        ],
      },
      {
        what: "Mount the panel in main.ts, in front of app.listen()",
        lines: [importOf("{ mountPanel }", "panel"), "mountPanel(app);"],
      },
    ];
  }
  return [
    {
      what: "Mount the panel in your server, in front of its own routes",
      lines: [importOf("{ panel }", "panel"), mounting[framework]],
    },
  ];
}

function panelFile(project: Project): string {
  const { framework, sources } = project;
  const route = `app${panelPath}/[[...path]]/route`;
  return `${sources}${framework === "next" ? route : "panel"}.${extensionOf(project)}`;
}

/** Steps for people. */
export const formatSteps = (steps: readonly Step[]): string =>
  steps.map(({ what, lines }) => [`${what}:`, ...lines.map((line) => `  ${line}`)].join("\n")).join("\n\n");
