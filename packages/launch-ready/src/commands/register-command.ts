import type { Command } from 'commander';
import type { Terminal } from '../terminal.ts';

/** Adds a sub-command to the program; its action hands the exit code to `finish`. */
export type RegisterCommand = (program: Command, terminal: Terminal, finish: (code: number) => void) => void;
