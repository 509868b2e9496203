/** A kind of entry that every tenant has of its own. */
export interface Collection {
  readonly name: string;
  readonly fields: readonly {
    readonly field: string;
    readonly type: 'string' | 'text' | 'integer';
    readonly required: boolean;
  }[];
}

export const collections: readonly Collection[] = [
  {
    name: 'projects',
    fields: [
      { field: 'name', type: 'string', required: true },
      { field: 'description', type: 'text', required: false },
    ],
  },
  {
    name: 'notes',
    fields: [
      { field: 'title', type: 'string', required: true },
      { field: 'body', type: 'text', required: false },
    ],
  },
  {
    name: 'invoices',
    fields: [
      { field: 'number', type: 'string', required: true },
      { field: 'customer', type: 'string', required: true },
      { field: 'amount', type: 'integer', required: false },
    ],
  },
];
