import { Text } from "@mantine/core";
import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import { CodeName } from "../../components/code-name.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { paths } from "../../paths.ts";

export function TypeName({ type }: { readonly type: TypeInfo }) {
  return (
    <span>
      <TextLink href={paths.type(type.id)} isStrong>
        <CodeName name={type.name} />
      </TextLink>
      {type.description !== "" && (
        <Text size="xs" c="dimmed" lineClamp={2} dir="auto">
          {type.description}
        </Text>
      )}
    </span>
  );
}
