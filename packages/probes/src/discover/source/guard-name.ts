const speaks =
  /(^|[._])(auth|authn|authz|jwt|protect|guard|acl|rbac)([._A-Z]|$)|authenticat|authoriz|authoris|protect(ed)?(Route|Procedure)?|guard|require(d|s)?_?(Auth|User|Login|Session|Role|Admin|Permission|Scope|Member|Owner|Org|Tenant|Account|Token)|ensure_?(Auth|User|Login|LoggedIn|Session|Role|Admin|Permission|Member|Owner)|(is|only|must(Be)?|check|verify|validate|with)_?(Auth|User|LoggedIn|Login|Session|Role|Admin|Permission|Owner|Member|Token|Jwt|Tenant|Org|ApiKey)|permission|bearer|basicAuth|apiKey|loggedIn|hasRole|hasPermission|can[A-Z]\w*|tokenVerif|verifyToken|accessControl/i;
const doesNotSpeak =
  /passport\.(initialize|session)|optional|attach|maybe|author(?!i[sz])|initialize|(^|\.)(session|cookieSession|expressSession)$|\b(login|signin|signup|register|logout|sign|decode|createToken|signToken|generate\w*|hash\w*)$|rateLimit|throttl|cors|helmet|csrf|canvas|cancel|candidate|canonical/i;

/** Whether a name of something outside of the repository says that it turns strangers away. */
export const guardName = (name: string): boolean => speaks.test(name) && !doesNotSpeak.test(name);
/** Packages whose middleware turns strangers away whatever it is called. */
export const guardPackage = (module: string): boolean =>
  /^(express-jwt|express-oauth2-jwt-bearer|express-basic-auth|koa-jwt|@fastify\/(basic-auth|bearer-auth)|hono\/(jwt|jwk|bearer-auth|basic-auth))$/.test(
    module,
  );
/** Whether a name says that it lets strangers pass too. */
export const optionalName = (name: string): boolean => /optional|attach|maybe|anonymous|softAuth/i.test(name);
/** Whether a guard's name says that it looks at whose data is meant. */
export const scopeName = (name: string): boolean =>
  /own(er|s)|tenant|member|(^|[._a-z])org|workspace|team(?!plate)|project|belongs|access(?!Token)/i.test(
    name,
  );
