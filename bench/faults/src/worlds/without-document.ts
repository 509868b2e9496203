/** Switch by which a world keeps its API document to itself, so that it has to be discovered otherwise. */
export const withoutDocument = 'without-document';
