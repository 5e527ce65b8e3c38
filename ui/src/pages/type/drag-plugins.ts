import { Accessibility, type DragDropManager, Feedback, KeyboardSensor, StyleInjector } from "@dnd-kit/dom";
import { styleNonce } from "../../style-nonce.ts";
import type { Step } from "./lanes.ts";

type Input = NonNullable<ConstructorParameters<typeof DragDropManager>[0]>;
type Plugins = NonNullable<Input["plugins"]>;
type Sensors = NonNullable<Input["sensors"]>;

/**
 * The usual plugins, that may write styles under the panel's policy. What screen readers are told is the
 * board's, in the panel's language. An item carried by the keyboard shows in its place, and does not float.
 */
export const dragPlugins: Plugins = (defaults) => [
  ...defaults.filter((plugin) => plugin !== Accessibility && plugin !== Feedback),
  StyleInjector.configure({ nonce: styleNonce() }),
  Feedback.configure({
    feedback: (_source, { dragOperation }) =>
      dragOperation.activatorEvent instanceof KeyboardEvent ? "none" : "default",
  }),
];

/** The usual sensors; arrow keys go from place to place, wherever on the page the places are. */
export function dragSensors(onStep: (step: Step) => void): Sensors {
  class StepByStep extends KeyboardSensor {
    protected override handleMove(direction: Step, event: KeyboardEvent): void {
      event.preventDefault();
      onStep(direction);
    }
  }
  return (defaults) => defaults.map((sensor) => (sensor === KeyboardSensor ? StepByStep : sensor));
}
