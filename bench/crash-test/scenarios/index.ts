import type { Scenario } from "../scenario.ts";
import { account } from "./account.ts";
import { cutStream, malformedPart, missingLastMark, stalledStream } from "./broken-streams.ts";
import { outage } from "./outage.ts";
import { foreignConversation, refused, tooLong } from "./requests.ts";
import { reset, serverErrorOnce, unavailableForGood } from "./server-errors.ts";
import { lateFirstPart, noAnswer } from "./silence.ts";
import { tooManyRequestsForGood, tooManyRequestsOnce } from "./too-many-requests.ts";

export const scenarios: readonly Scenario[] = [
  tooManyRequestsOnce,
  tooManyRequestsForGood,
  serverErrorOnce,
  unavailableForGood,
  reset,
  noAnswer,
  lateFirstPart,
  cutStream,
  stalledStream,
  malformedPart,
  missingLastMark,
  tooLong,
  refused,
  foreignConversation,
  outage,
  account,
];
