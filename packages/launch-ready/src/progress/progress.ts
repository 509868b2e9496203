import { visibleLine } from '@launch-ready/report';
import type { Terminal } from '../terminal.ts';

/** Tells what a run is doing. */
export interface Progress {
  /** A new step begins. */
  step(title: string): void;
  /** Something inside the step changed. */
  detail(text: string): void;
  /** Ends the line in progress, so that other output can follow. */
  end(): void;
}

export interface ProgressCounts {
  readonly sent: number;
  readonly budget: number;
  readonly findings: number;
}

const eraseLine = '\r\u001B[2K';

/** One line that is rewritten on a terminal; a plain line per step elsewhere. */
export function terminalProgress(terminal: Terminal, counts: () => ProgressCounts): Progress {
  let title = '';
  const status = (): string => {
    const { sent, budget, findings } = counts();
    const found = findings === 0 ? '' : `, ${findings} ${findings === 1 ? 'finding' : 'findings'}`;
    return `${sent}/${budget} requests${found}`;
  };
  return {
    step(next) {
      title = next;
      if (terminal.isInteractive)
        terminal.err(`${eraseLine}${fit(`${title}  (${status()})`, terminal.width)}`);
      else terminal.err(`${title} (${status()})\n`);
    },
    detail(text) {
      if (terminal.isInteractive)
        terminal.err(`${eraseLine}${fit(`${title}: ${text}  (${status()})`, terminal.width)}`);
    },
    end() {
      if (terminal.isInteractive) terminal.err(eraseLine);
    },
  };
}

/** Says nothing. */
export const silentProgress: Progress = { step: () => {}, detail: () => {}, end: () => {} };

/** Names of a target's things may hold terminal escapes. */
function fit(given: string, width: number): string {
  const text = visibleLine(given);
  return text.length < width ? text : `${text.slice(0, width - 2)}…`;
}
