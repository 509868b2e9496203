const origins = /\bhttps?:\/\/[^\s/?#]+/gi;
const uuids = /(?<![0-9a-z])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-z])/gi;
/** Markers that runs plant: `lr`, then letters and digits. */
const canaries = /(?<![0-9a-z])lr[0-9a-z]{8,}(?![0-9a-z])/gi;
const ulids = /(?<![0-9a-z])[0-7][0-9A-HJKMNP-TV-Z]{25}(?![0-9a-z])/g;
const longHex = /(?<![0-9a-z])(?=[a-f]*[0-9])[0-9a-f]{16,}(?![0-9a-z])/gi;
const times = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g;
const loneNumbers = /(?<![0-9a-z])\d+(?![0-9a-z])/gi;
const longNumbers = /\d{4,}/g;

const withoutIds = (text: string): string =>
  text
    .replace(origins, '')
    .replace(uuids, '#')
    .replace(canaries, '#')
    .replace(ulids, '#')
    .replace(longHex, '#')
    .replace(times, '#')
    .normalize('NFC')
    .trim();

/** A name of a thing with everything taken out that differs between two runs: origins, ids, canaries, times, numbers. */
export const steadyText = (text: string): string => withoutIds(text).replace(loneNumbers, '#');

/**
 * The same for a word that a check chose to tell findings apart. Short numbers stay: `tls1.0` and `tls1.1` are two faults,
 * and a waiver for one must not cover the other.
 */
export const steadyWord = (text: string): string => withoutIds(text).replace(longNumbers, '#');

/** Whether the whole text is an id: a number, a UUID, a canary, a long hexadecimal value. */
export const isId = (text: string): boolean => steadyText(text) === '#';
