import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import type { TypeInfo } from "../../../../src/admin/api.ts";
import { CodeName } from "../../components/code-name.tsx";
import { paths } from "../../paths.ts";

export function TypeName({ type }: { readonly type: TypeInfo }) {
  return (
    <span>
      <Anchor component={Link} href={paths.type(type.id)} fw={600} inherit>
        <CodeName name={type.name} />
      </Anchor>
      {type.description !== "" && (
        <Text size="xs" c="dimmed" lineClamp={2} dir="auto">
          {type.description}
        </Text>
      )}
    </span>
  );
}
