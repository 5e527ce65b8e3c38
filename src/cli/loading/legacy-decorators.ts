/** What is used of Babel, which jiti bundles. */
interface Babel {
  readonly template: { statement: { ast(code: string): unknown } };
}

interface ClassProperty {
  readonly decorators?: readonly unknown[] | null;
}

interface Program {
  traverse(visitor: { ClassProperty(property: { node: ClassProperty }): void }): void;
  readonly node: {
    readonly body: readonly { readonly type: string; readonly id?: { name: string } | null }[];
  };
}

/**
 * A plugin of Babel's, with which jiti loads decorated fields as TypeScript does: without it, fields such as
 * `name!: string` and `declare name: string` are errors, and no object can be made of a class with a decorated field.
 */
export const allowDecoratedFields = ({ template }: Babel) => ({
  pre: ({ path }: { path: Program }): void =>
    path.traverse({
      ClassProperty({ node }) {
        if (node.decorators?.length) Object.assign(node, { definite: false, declare: false });
      },
    }),
  visitor: {
    Program: {
      exit({ node }: Program): void {
        // It gives a field its value, and throws because that is the task of another plugin, which jiti has not.
        const helper = node.body.find(
          ({ type, id }) =>
            type === "FunctionDeclaration" && id?.name.startsWith("_initializerWarningHelper") === true,
        );
        if (!helper) return;
        const body = template.statement.ast("{ return arguments[0]?.initializer?.call(arguments[1]); }");
        Object.assign(helper, { body });
      },
    },
  },
});
