import { contract } from "../contract/contract.ts";
import { handler } from "./handler.ts";

export const diagnose = handler(contract.diagnose, ({ control }) => control.diagnose());
