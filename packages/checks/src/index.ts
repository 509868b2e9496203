export { checks } from './all-checks.ts';
export { findCheck } from './find-check.ts';
export * from './profiles/profiles.ts';
