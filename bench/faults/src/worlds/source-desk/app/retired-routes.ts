import express from 'express';

/** What the desk of last year answered to; nothing starts it any more. */
export const retiredDesk = express();
retiredDesk.get('/api/retired-notes', (_request, response) => void response.json({ notes: [] }));
retiredDesk.delete('/api/retired-notes/:note', (_request, response) => void response.status(204).end());
