import { Component, type ReactNode } from "react";

interface FormBoundaryProps {
  readonly children: ReactNode;
  /** Called where a schema is such that its form breaks. */
  readonly onBreak: () => void;
}

/** Lets a config be edited as JSON where its schema breaks the form. */
export class FormBoundary extends Component<FormBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override componentDidCatch() {
    this.props.onBreak();
  }

  override render() {
    return this.state.isBroken ? null : this.props.children;
  }
}
