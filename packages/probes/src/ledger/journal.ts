import { closeSync, existsSync, fdatasyncSync, mkdirSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { openLines } from '../open-lines.ts';
import type { LedgerEntry } from './ledger.ts';

const ref = z.templateLiteral(['o', z.int().positive()]);
const canaries = z.array(z.object({ value: z.string(), pointer: z.string() })).readonly();
const slots = z.record(z.string(), z.string()).readonly();
const url = z.string().nullable();
const headers = z.array(z.tuple([z.string(), z.string()])).readonly();

const journalLine = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('intended'),
    ref,
    entry: z.object({
      operation: z.string(),
      actor: z.string(),
      tenant: z.string(),
      type: z.string(),
      twin: z.enum(['victim', 'control', 'throwaway']),
      canaries,
      slots,
      readUrl: url,
      deleteUrl: url,
      listUrl: url,
      headers: headers.exactOptional(),
    }),
  }),
  z.object({
    event: z.literal('created'),
    ref,
    object: z.object({
      objectId: z.string(),
      slots: slots.optional(),
      readUrl: url.optional(),
      deleteUrl: url.optional(),
      listUrl: url.optional(),
      canaries: canaries.optional(),
      headers: headers.exactOptional(),
    }),
  }),
  z.object({ event: z.enum(['not-created', 'cleaned']), ref }),
  z.object({ event: z.literal('leftover'), ref, because: z.string() }),
]);
export type JournalLine = z.infer<typeof journalLine>;

/** Where the ledger writes what is about to happen. */
export interface Journal {
  /** Returns when the line is on the disk. */
  append(line: JournalLine): void;
  close(): void;
}

/** An append-only file of one JSON line per change, synchronised before it returns. */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true });
  const file = openLines(path);
  return {
    append: (line) => {
      writeSync(file, `${JSON.stringify(line)}\n`);
      fdatasyncSync(file);
    },
    close: () => closeSync(file),
  };
}

/** What a journal says was created, with the reasons of its leftovers. */
export interface JournalState {
  readonly entries: readonly LedgerEntry[];
  readonly reasons: ReadonlyMap<LedgerEntry['ref'], string>;
}

/** Reads a journal back, after a crash too: a torn last line is left out, since nothing was sent on its word. */
export function readJournal(path: string): JournalState {
  const entries = new Map<LedgerEntry['ref'], LedgerEntry>();
  const reasons = new Map<LedgerEntry['ref'], string>();
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  for (const raw of text.split('\n')) {
    const line = parseLine(raw);
    if (line) applyLine(line, entries, reasons);
  }
  return { entries: [...entries.values()], reasons };
}

/** Applies one change to a set of entries. */
export function applyLine(
  line: JournalLine,
  entries: Map<LedgerEntry['ref'], LedgerEntry>,
  reasons: Map<LedgerEntry['ref'], string>,
): void {
  if (line.event === 'intended') {
    entries.set(line.ref, { ...line.entry, ref: line.ref, objectId: null, state: 'intended' });
    return;
  }
  const before = entries.get(line.ref);
  if (!before) return;
  if (line.event === 'created') {
    const {
      objectId,
      slots: own,
      readUrl,
      deleteUrl,
      listUrl,
      canaries: planted,
      headers: more,
    } = line.object;
    entries.set(line.ref, {
      ...before,
      objectId,
      state: 'created',
      slots: own ?? before.slots,
      readUrl: readUrl === undefined ? before.readUrl : readUrl,
      deleteUrl: deleteUrl === undefined ? before.deleteUrl : deleteUrl,
      listUrl: listUrl === undefined ? before.listUrl : listUrl,
      canaries: planted ?? before.canaries,
      ...(more === undefined ? {} : { headers: more }),
    });
    return;
  }
  entries.set(line.ref, { ...before, state: line.event });
  if (line.event === 'leftover') reasons.set(line.ref, line.because);
}

function parseLine(raw: string): JournalLine | null {
  if (raw.trim() === '') return null;
  try {
    return journalLine.parse(JSON.parse(raw));
  } catch {
    return null;
  }
}
