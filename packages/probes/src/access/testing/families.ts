/** How a collection of the leaky application treats another tenant's objects. The default is to answer 404. */
export interface Family {
  readonly name: string;
  readonly read?:
    | 'open'
    | '403'
    | '400-text'
    | 'redirect-with-body'
    | 'title-in-403'
    | 'preview'
    | 'hex-header'
    | 'shell'
    | 'success-false'
    | 'own-instead'
    | 'default-object'
    | 'echo-404'
    | 'public';
  readonly list?: 'open' | 'public' | 'empty-200';
  readonly patch?:
    | 'open'
    | 'open-204'
    | '403-but-done'
    | 'shell'
    | 'success-false'
    | 'no-effect'
    | 'no-effect-204'
    | 'echo'
    | 'echo-404';
  readonly put?: 'open' | 'upsert-own';
  readonly remove?: 'open' | '404-but-done' | 'shell' | 'no-effect-204' | 'success-false';
  /** Deleting only marks an object. */
  readonly soft?: boolean;
  /** Reads count, and the count is shown. */
  readonly views?: boolean;
  /** Only one direction leaks: the attacker must be of this tenant. */
  readonly onlyFor?: string;
  /** Anonymous may read as well, although nothing says so. */
  readonly anonymous?: boolean;
  /** A credential is not looked at too closely: one whose end was changed still works. */
  readonly acceptsTampered?: boolean;
  /** A session that expired still works here. */
  readonly acceptsExpired?: boolean;
  /** Anonymous may change and delete as well. */
  readonly anonymousWrites?: boolean;
}

export const faults: readonly Family[] = [
  { name: 'plainreads', read: 'open' },
  { name: 'openlists', list: 'open' },
  { name: 'patches', patch: 'open' },
  { name: 'silentpatches', patch: 'open-204' },
  { name: 'puts', put: 'open' },
  { name: 'deletes', remove: 'open' },
  { name: 'deniedwrites', patch: '403-but-done' },
  { name: 'hiddendeletes', remove: '404-but-done' },
  { name: 'archives', remove: '404-but-done', soft: true },
  { name: 'redirects', read: 'redirect-with-body' },
  { name: 'tellingrefusals', read: 'title-in-403' },
  { name: 'previews', read: 'preview' },
  { name: 'headers', read: 'hex-header' },
  { name: 'oneways', read: 'open', onlyFor: 'south' },
];

export const traps: readonly Family[] = [
  { name: 'tightones' },
  { name: 'refusals', read: '403' },
  { name: 'sentences', read: '400-text', list: 'empty-200' },
  { name: 'shells', read: 'shell', patch: 'shell', remove: 'shell' },
  { name: 'failures', read: 'success-false', patch: 'success-false', remove: 'success-false' },
  { name: 'notices', read: 'public', list: 'public' },
  { name: 'profiles2', read: 'own-instead' },
  { name: 'defaults', read: 'default-object' },
  { name: 'idlewrites', patch: 'no-effect', remove: 'no-effect-204' },
  { name: 'silentidles', patch: 'no-effect-204' },
  { name: 'echoes', patch: 'echo' },
  { name: 'upserts', put: 'upsert-own' },
  { name: 'counters', views: true },
  { name: 'softones', soft: true, views: true },
  { name: 'repeats', read: 'echo-404', patch: 'echo-404' },
];
