import { Component, type ReactNode } from 'react';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/feedback.tsx';

interface State {
  readonly message: string | null;
}

/** A view that fails takes neither the others nor the jobs with it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { message: null };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <EmptyState
        icon="error"
        title="This view failed"
        actions={<Button onClick={() => this.setState({ message: null })}>Show it again</Button>}
      >
        That is a fault of SpaGene, not yours, and nothing was lost: jobs go on and the project is saved. (
        {this.state.message})
      </EmptyState>
    );
  }
}
