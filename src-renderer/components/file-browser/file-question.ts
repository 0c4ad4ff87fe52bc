import { create } from 'zustand';
import type { Args } from '../../../src-shared/contract/handlers.ts';

export type Purpose = Args<'files:choose'>['purpose'];

/** What a path is wanted for. `title` is a short request, such as "Choose the spatial data". */
export interface FileQuestion {
  readonly purpose: Purpose;
  readonly title: string;
  /** Name to begin with, where something new is made. */
  readonly name?: string;
  /** One sentence above the list. */
  readonly note?: string;
}

interface Asked {
  readonly question: FileQuestion;
  readonly answer: (path: string | null) => void;
}

/** The question that the page's own file dialog shows now; one at a time. */
export const useAsked = create<{ readonly asked: Asked | null }>()(() => ({ asked: null }));

/** Shows the page's own dialog. A question that is still open is closed unanswered. */
export function askInPage(question: FileQuestion): Promise<string | null> {
  useAsked.getState().asked?.answer(null);
  return new Promise((resolve) => {
    const answer = (path: string | null) => {
      useAsked.setState({ asked: null });
      resolve(path);
    };
    useAsked.setState({ asked: { question, answer } });
  });
}
