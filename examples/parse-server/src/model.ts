/** Public: it names the application in every request. */
export const applicationId = 'launch-ready-example';

const signedIn = { requiresAuthentication: true };
const forSignedIn = {
  find: signedIn,
  count: signedIn,
  get: signedIn,
  create: signedIn,
  update: signedIn,
  delete: signedIn,
  addField: {},
};
const text = { type: 'String' };

/** Kinds of entries that every tenant has of its own, and what an account is besides what Parse Server knows of it. */
export const classes: readonly object[] = [
  {
    className: 'Project',
    fields: { name: text, description: text, tenant: text },
    classLevelPermissions: forSignedIn,
  },
  {
    className: 'Note',
    fields: { title: text, body: text, tenant: text },
    classLevelPermissions: forSignedIn,
  },
  {
    className: 'Invoice',
    fields: { customer: text, amount: { type: 'Number' }, tenant: text },
    classLevelPermissions: forSignedIn,
  },
  {
    className: '_User',
    fields: { tenant: text, position: text },
    classLevelPermissions: { ...forSignedIn, create: {}, delete: {} },
  },
];
