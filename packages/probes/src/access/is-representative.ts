import type { Front, Stage } from './front.ts';

/** Whether this direction stands for both: of two kinds of object, one is tried from either side. */
export const isRepresentative = ({ workshop, isFirstOfPair }: Front, { resource }: Stage): boolean =>
  (workshop.graph.resources.indexOf(resource) % 2 === 0) === isFirstOfPair;
