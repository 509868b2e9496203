import { describeApi, text } from '../describe-api.ts';

const id = text(60);
const sheet = { title: text(200), body: text(2000) };
const number = { type: 'integer' };

const described = describeApi('Ids elsewhere', 'bearer', {
  'GET /api/sheets': {},
  'POST /api/sheets': { body: sheet, required: ['title', 'body'] },
  'GET /api/sheet': { needs: ['id'] },
  'PATCH /api/sheets': { body: { id, ...sheet }, required: ['id'] },
  'DELETE /api/sheets': { needs: ['id'] },
  'POST /api/sheets/pin': { body: { id }, required: ['id'] },
  'GET /api/jots': {},
  'POST /api/jots': { body: { words: text(500) }, required: ['words'] },
  'POST /api/jots/rename': { body: { jotId: number, words: text(500) }, required: ['jotId', 'words'] },
  'DELETE /api/jots': { needs: ['jotId'] },
  'GET /api/jots/{jotId}/remarks': { answers: 'list' },
  'PUT /api/jots/{jotId}/remarks': { body: { text: text(500) }, required: ['text'], answers: 'made' },
  'PATCH /api/jots/remarks': { body: { id, text: text(500) }, required: ['id', 'text'] },
  'GET /api/baskets/{id}': {},
  'GET /api/stands/{id}': {},
});

/** The OpenAPI paths of objects whose ids stand in a query, in a body, or in the answer to a login alone. */
export const idsElsewherePaths = described['paths'] as Record<string, unknown>;
