import type { ProfileLine } from '@launch-ready/core';
import { referencesByLine, type LineId } from './references-by-line.ts';

interface LineDraft extends Omit<ProfileLine, 'references'> {
  readonly id: LineId;
}

/** A scorecard line with the catalogue ids that its kind of line has everywhere. */
export const scorecardLine = (draft: LineDraft): ProfileLine => ({
  ...draft,
  references: referencesByLine[draft.id],
});
