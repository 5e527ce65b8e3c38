import { test } from "vitest";

test.todo(
  "a user with read access cannot run a bulk action (who may write is the admin's to say, and it is not there yet)",
);
