/**
 * What criteria ask for and no check of this version looks at, in words that stand on their own in a report. A line that
 * names one of these cannot pass, however well its checks went.
 */
export const notYetExamined = {
  signupPath: 'ways to open an account other than the intended one',
  tokenLife: 'whether links that confirm an address really end when they say',
  scriptReadableTokens: 'tokens that page scripts can read, in local storage for example',
  undescribedRoutes: 'routes that the API description does not list',
  unplantedKinds:
    'changes to what the review cannot make itself: members other than throw-away accounts, settings of tenants that are not there for tests alone and, outside full mode, results of background jobs',
  graphqlAndWebsocket:
    'GraphQL subscriptions, documents that ask for several things at once, and what is sent over a WebSocket to change something',
  protectedFields:
    'protected fields slipped into accepting an invite or, outside full mode, into opening an account',
  signInFromElsewhere: 'whether a page elsewhere can sign a visitor in to an account of its own',
  manyAddresses: 'attempts on one account that come from many addresses',
  injectionEffect:
    'values that take effect where no answer shows it: shell syntax, blind injection, scripts on pages behind the API',
  dnsOfMail: 'the SPF, DKIM and DMARC records of the sending domain',
  liveMail: 'a real message sent by the application, with its signatures and alignment verified on arrival',
  personalDataInLogs: 'passwords, tokens, links with credentials, and personal data in application logs',
  securityEvents: 'whether failed logins and denied requests leave a trace in the logs',
  certificates: 'certificates of all names: chain, host names, last day, protocol versions',
  httpsRedirect: 'the redirect from plain HTTP on every name',
  hsts: 'HSTS on every name',
  mixedContent: 'pages that load parts over plain HTTP',
  edgeInFront:
    'whether Cloudflare or an equal stands in front, with firewall rules and flood protection switched on',
  originReachable: 'whether the server behind the edge answers when it is called directly',
  uptimeWatch: 'whether anything outside the product watches its uptime',
  outageDrill: 'an outage, timed until its alert reached a person',
  errorAlert: 'an alert on a burst of server errors',
  attackAlert: 'an alert on repeated failed logins and on a burst of denied requests',
  expiryWatch: 'reminders before certificates and domains run out',
  dnsWatch: 'an alert when the DNS of the product stops answering',
  mailFailureWatch: 'an alert when messages can no longer be sent',
  productionSettings:
    'the settings of the production server: environment variables, debug and development switches',
  exposedFiles: 'files that a deployment leaves open: `.env`, `.git`, source maps, debug pages',
} as const;
