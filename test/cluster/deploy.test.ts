import { afterAll, beforeAll, expect, test } from "vitest";
import { onEveryDatabase } from "../store/test-database.ts";
import { Deployment, type VersionName } from "./deployment.ts";
import { Member } from "./harness/member.ts";

type Step = "start" | "sync" | "stop";
type Move = readonly [version: VersionName, step: Step];

const life: readonly Step[] = ["start", "sync", "stop"];
const orders = ordersOf(life, life);

const deployments: readonly {
  readonly title: string;
  readonly syncAtStart: "create" | false;
  readonly pruners: readonly VersionName[];
}[] = [
  { title: "neither prunes", syncAtStart: "create", pruners: [] },
  { title: "the new one prunes", syncAtStart: "create", pruners: ["new"] },
  { title: "the old one prunes", syncAtStart: "create", pruners: ["old"] },
  { title: "both prune", syncAtStart: "create", pruners: ["old", "new"] },
  { title: "neither syncs at its start, and both prune", syncAtStart: false, pruners: ["old", "new"] },
];

const rounds = 10;

let members: Member[];
beforeAll(async () => {
  members = await Member.startSome(4);
});
afterAll(() => Promise.all(members.map((member) => member.stop())));

onEveryDatabase((home) => {
  for (const { title, syncAtStart, pruners } of deployments) {
    test(`processes of two versions, started, synced and stopped in each of ${orders.length} orders, serve what they can and ` +
      `lose nothing; ${title}`, async () => {
      const queue = [...orders];
      const work = async (older: Member, newer: Member): Promise<void> => {
        for (let order = queue.pop(); order !== undefined; order = queue.pop()) {
          const deployment = await Deployment.begin(home, `${home.namespace} ${queue.length}`, older);
          try {
            for (const [version, step] of order) {
              const member = version === "old" ? older : newer;
              if (step === "start") await deployment.start(member, version, syncAtStart);
              if (step === "sync") await deployment.sync(member, pruners.includes(version));
              if (step === "stop") await deployment.stop(member);
              await deployment.expectServed();
            }
            await deployment.expectNothingLost();
          } catch (cause) {
            throw new Error(`in the order ${order.map((move) => move.join(" ")).join(", ")}`, { cause });
          } finally {
            await deployment.end();
          }
        }
      };
      const [first, second, third, fourth] = members as [Member, Member, Member, Member];
      await Promise.all([work(first, second), work(third, fourth)]);
    }, 120_000);
  }

  test(`two processes of each of two versions, which start and sync and prune all at once, ${rounds} times, lose nothing, and the next of each find all in use`, async () => {
    const [first, second] = members as [Member, Member];
    for (let round = 0; round < rounds; round += 1) {
      const deployment = await Deployment.begin(home, `${home.namespace} ${round}`, first);
      try {
        const live = async (member: Member, index: number): Promise<void> => {
          const version = index % 2 === 0 ? "old" : "new";
          await deployment.start(member, version, "create");
          // The first two prune, the others do not.
          await deployment.sync(member, index < 2);
        };
        await Promise.all(members.map(live));
        await deployment.expectNothingLost();
        await deployment.expectServed();
        for (const member of members) await deployment.stop(member);
        await deployment.start(first, "old", "create");
        await deployment.start(second, "new", "create");
        await deployment.expectAllInUse();
        await deployment.expectServed();
      } finally {
        await deployment.end();
      }
    }
  });
});

test("there are 20 orders of two lives of three steps", () => {
  expect(new Set(orders.map((order) => order.join())).size).toBe(20);
});

/** Every order in which the steps of two processes can come. */
function ordersOf(oldSteps: readonly Step[], newSteps: readonly Step[]): Move[][] {
  const [oldStep, ...oldRest] = oldSteps;
  const [newStep, ...newRest] = newSteps;
  if (oldStep === undefined) return [newSteps.map((step): Move => ["new", step])];
  if (newStep === undefined) return [oldSteps.map((step): Move => ["old", step])];
  return [
    ...ordersOf(oldRest, newSteps).map((rest): Move[] => [["old", oldStep], ...rest]),
    ...ordersOf(oldSteps, newRest).map((rest): Move[] => [["new", newStep], ...rest]),
  ];
}
