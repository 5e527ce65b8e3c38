import { Menu, Text } from "@mantine/core";
import type { SessionInfo } from "../../../src/admin/contract/contract.ts";
import { Icon } from "../components/icon.tsx";
import { useText } from "../i18n/use-text.ts";
import { ToolMenu } from "./tool-menu.tsx";

interface AccountMenuProps {
  readonly session: SessionInfo;
}

/** Who is signed in, what they may do, and the way out. */
export function AccountMenu({ session }: AccountMenuProps) {
  const text = useText();
  return (
    <ToolMenu label={text("shell.account", { actor: session.actor })} icon={<Icon name="person" />}>
      <Menu.Label>{text("shell.signedInAs")}</Menu.Label>
      <Text px="sm" pb="xs" size="sm" fw={600}>
        <bdi>{session.actor}</bdi>
      </Text>
      {session.access === "read" ? (
        <Menu.Label>{text("shell.readOnly")}</Menu.Label>
      ) : (
        session.types !== null && (
          <Menu.Label>{text("shell.someTypes", { count: session.types.length })}</Menu.Label>
        )
      )}
      {session.signOutUrl !== null && (
        <>
          <Menu.Divider />
          <Menu.Item component="a" href={session.signOutUrl}>
            {text("shell.signOut")}
          </Menu.Item>
        </>
      )}
    </ToolMenu>
  );
}
