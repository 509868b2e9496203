// What keeps the tenants of the example apart, in Parse Server's own means: access control lists that name the roles of a tenant.
/* global Parse */
const { WEAKENED } = process.env;
const shared = { Project: 'members', Note: 'members', Invoice: 'admins' };

for (const [name, circle] of Object.entries(shared)) {
  Parse.Cloud.beforeSave(name, async ({ object, original, user, master }) => {
    if (master) return;
    if (!user) throw new Parse.Error(Parse.Error.OPERATION_FORBIDDEN, 'log in first');
    const tenant = original ? original.get('tenant') : user.get('tenant');
    if (!original && circle === 'admins' && user.get('position') !== 'admin')
      throw new Parse.Error(Parse.Error.OPERATION_FORBIDDEN, 'only administrators make invoices');
    object.set('tenant', tenant);
    const acl = new Parse.ACL();
    const role = circle === 'admins' ? `${tenant}-admins` : tenant;
    acl.setRoleReadAccess(role, true);
    acl.setRoleWriteAccess(role, true);
    if (WEAKENED && name === 'Note') acl.setPublicReadAccess(true);
    object.setACL(acl);
  });
}

Parse.Cloud.beforeSave(Parse.User, ({ object, original, master }) => {
  if (master) return;
  if (!original) throw new Parse.Error(Parse.Error.OPERATION_FORBIDDEN, 'accounts are made by the operator');
  for (const field of ['tenant', 'position'])
    if (object.dirty(field))
      throw new Parse.Error(Parse.Error.OPERATION_FORBIDDEN, `${field} is set by the operator`);
});
