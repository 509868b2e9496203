import { relative } from 'node:path';
import { renderHtml, renderJson, renderMarkdown, renderTerminal } from '@launch-ready/report';
import type { Review } from '@launch-ready/core';
import type { Format } from '../commands/review-options.ts';
import type { Terminal } from '../terminal.ts';
import { writeText, type RunFolder } from './run-folder.ts';

/** Writes the wanted reports into the run folder and prints the rest; `review.json` is always written. */
export function writeReports(
  review: Review,
  folder: RunFolder,
  terminal: Terminal,
  options: { readonly formats: readonly Format[]; readonly json: boolean; readonly color: boolean },
): void {
  writeText(folder.review, renderJson(review));
  const written = [folder.review];
  if (options.formats.includes('html')) {
    writeText(folder.html, renderHtml(review));
    written.unshift(folder.html);
  }
  if (options.formats.includes('md')) {
    writeText(folder.markdown, renderMarkdown(review));
    written.push(folder.markdown);
  }
  const print = (text: string): void => (options.json ? terminal.err(text) : terminal.out(text));
  const reports = written.map((path) => relative(process.cwd(), path));
  if (options.formats.includes('terminal'))
    print(renderTerminal(review, { color: options.color && terminal.color, width: terminal.width, reports }));
  else for (const path of reports) print(`${path}\n`);
  if (options.json) terminal.out(renderJson(review));
}
