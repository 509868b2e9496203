import type { CallExpression, Node } from 'oxc-parser';
import type { Machine } from './machine.ts';
import type { FunctionLike, FunctionValue, Scope, Value } from './value.ts';
import { guardName } from './guard-name.ts';
import { childNodes, walkNodes } from './walk-nodes.ts';

/** What the text of a function shows. */
export interface BodySight {
  /** It can answer that the caller must not: 401, 403, an error of that name, a way to the login. */
  readonly refuses: boolean;
  /** It uses something of the session that tells whose data is meant. */
  readonly scoped: boolean;
  /** Called packages whose name speaks of a guard. */
  readonly guards: readonly string[];
}

const nothing: BodySight = { refuses: false, scoped: false, guards: [] };
const deepest = 3;

const refusalWord =
  /unauthori[sz]ed|unauthenticated|not_?authenticated|not_?logged_?in|login_?required|forbidden|access_?denied|permission_?denied|insufficient_?(permission|scope|right)/i;
const refusalText =
  /^(unauthori[sz]ed|unauthenticated|forbidden|access[ _-]denied|not[ _-]?(authenticated|authori[sz]ed|logged[ _-]in|allowed)|permission[ _-]denied|please (log|sign) ?in)/i;
const toLogin = /^\/?[\w/-]*(log-?in|sign-?in|auth)\b/i;
/** Things a framework hangs on a request once it knows who asks. */
const sessionPart =
  /^(user|userId|session|auth|account|accountId|principal|viewer|currentUser|identity|claims|person|me|member|membership|tenant|tenantId|org|orgId|organi[sz]ation|organi[sz]ationId|workspace|workspaceId|team|teamId|company|companyId|payload|jwt|uid)$/;
const requestRoot =
  /^(req|request|ctx|context|c|res|reply|this|locals|event|call|state|opts|input|args?|_req|r)$/;
const inputPart = /^(body|params|param|query|headers|input|raw|cookies|searchParams|files?)$/;
const sessionCall =
  /(^|\.)(auth|getServerSession|getSession|getAuth|currentUser|getCurrentUser|getUser|useSession|requireUser|requireAuth|requireSession|verifySession|validateRequest|getToken|jwtVerify|readSession|sessionOf|userOf|whoIs|authenticate|getUserFrom\w+|getSessionFrom\w+|getUserId|currentTenant|getTenant|getTenantId)$/;

/** Looks at a function and the functions of the repository that it calls, two steps deep. Nothing is run. */
export function createBodySight(machine: Machine): (fn: FunctionValue) => BodySight {
  // The same text in another scope may call something else.
  const known = new WeakMap<Scope, Map<string, BodySight>>();

  const look = (fn: FunctionValue, depth: number, path: readonly FunctionLike[]): BodySight => {
    const key = `${fn.node.start} ${depth}`;
    const seen = known.get(fn.scope) ?? new Map<string, BodySight>();
    known.set(fn.scope, seen);
    const before = seen.get(key);
    if (before) return before;
    if (fn.node.body === null || path.includes(fn.node)) return nothing;
    const sight = lookAt(fn, depth, [...path, fn.node]);
    seen.set(key, sight);
    return sight;
  };

  const lookAt = (fn: FunctionValue, depth: number, path: readonly FunctionLike[]): BodySight => {
    const { module } = fn.scope;
    let [refuses, forbids, scoped] = [false, false, false];
    const guards = new Set<string>();
    const trusted = trustedNames(fn.node, module.text);
    // Handlers are given what the session says; other functions are given anything.
    if (depth === 0 || /^(handle|handler|run|execute|resolve|action|controller)$/.test(fn.name))
      for (const name of destructuredSession(fn.node)) trusted.set(name, true);
    const callees = new Set<Node>();
    const called: CallExpression[] = [];
    walkNodes(fn.node, (node) => {
      if (node.type === 'Literal') {
        if (node.value === 401) refuses = true;
        if (node.value === 403) forbids = true;
        if (typeof node.value === 'string' && refusalText.test(node.value)) {
          if (/forbidden|allowed|denied/i.test(node.value)) forbids = true;
          else refuses = true;
        }
      } else if (node.type === 'Identifier' && refusalWord.test(node.name)) {
        if (/forbidden|denied|insufficient/i.test(node.name)) forbids = true;
        else refuses = true;
      } else if (node.type === 'CallExpression' || node.type === 'NewExpression') {
        callees.add(node.callee);
        const name = module.textOf(node.callee).replace(/\s+/g, '');
        const [first] = node.arguments;
        if (
          name.endsWith('redirect') &&
          first?.type === 'Literal' &&
          typeof first.value === 'string' &&
          toLogin.test(first.value)
        )
          refuses = true;
        if (/(^|\.)(jwtVerify|protect|assertAuthenticated)$/.test(name)) refuses = true;
        if (node.type === 'CallExpression') {
          called.push(node);
          if (
            /^(c|ctx|context)\.get$/.test(name) &&
            first?.type === 'Literal' &&
            typeof first.value === 'string' &&
            sessionPart.test(first.value)
          )
            scoped = true;
        }
      } else if (node.type === 'MemberExpression' && !callees.has(node)) {
        const parts = chainOf(node);
        if (parts && speaksOfSession(parts, trusted)) scoped = true;
      } else if (
        node.type === 'Identifier' &&
        trusted.get(node.name) === true &&
        /^(tenant|org|organi[sz]ation|workspace|team|company|account|user|person|owner|member)(_?id)?$/i.test(
          node.name,
        ) &&
        !isDeclared(node.start)
      )
        scoped = true;
      return true;
    });
    // A refusal with 403 may be about the origin of a request; with a word about who asks it is about them.
    refuses ||=
      forbids && (scoped || /\b(user|session|role|permission|account|auth)\w*/i.test(module.textOf(fn.node)));
    for (const call of called) {
      if (depth < deepest)
        for (const handed of handedOver(machine, call, fn.scope)) {
          const inner = look(handed, depth + 1, path);
          refuses ||= inner.refuses;
          scoped ||= inner.scoped;
        }
      const value = calleeOf(machine, call, fn.scope);
      const target = value.kind === 'function' ? value : null;
      if (target && target.node !== fn.node) {
        if (depth >= deepest) continue;
        const inner = look(target, depth + 1, path);
        refuses ||= inner.refuses;
        scoped ||= inner.scoped;
        for (const name of inner.guards) guards.add(name);
      } else if (value.kind !== 'function') {
        const name = module.textOf(call.callee).replace(/\s+/g, '');
        if (
          value.kind === 'call' || value.kind === 'member' || value.kind === 'package'
            ? guardName(name)
            : false
        )
          guards.add(name.slice(0, 60));
      }
    }
    return { refuses, scoped, guards: [...guards] };

    function isDeclared(start: number): boolean {
      return fn.node.params.some((parameter) => parameter.start <= start && start < parameter.end);
    }
  };
  return (fn) => look(fn, 0, []);
}

/** The function a call means, when that can be told without reading anything with an effect. */
function calleeOf(machine: Machine, { callee }: CallExpression, scope: Scope): Value {
  if (callee.type === 'Identifier' || callee.type === 'ThisExpression')
    return machine.evaluate(callee, scope);
  if (callee.type === 'MemberExpression' && !callee.computed && callee.object.type !== 'Super') {
    let root: Node = callee.object;
    while (root.type === 'MemberExpression') root = root.object;
    if (root.type === 'Identifier' || root.type === 'ThisExpression') return machine.evaluate(callee, scope);
  }
  return { kind: 'unknown', text: '' };
}

/** Handlers inside of an object that is handed to another function, such as the route that a dispatcher runs. */
function handedOver(machine: Machine, call: CallExpression, scope: Scope): readonly FunctionValue[] {
  return call.arguments.flatMap((argument) => {
    const value = argument.type === 'Identifier' ? machine.evaluate(argument, scope) : null;
    if (value?.kind !== 'object') return [];
    return ['handle', 'handler', 'run', 'execute', 'resolve', 'action', 'controller'].flatMap((name) => {
      const field = value.fields.get(name);
      return field?.kind === 'function' ? [field] : [];
    });
  });
}

/** `req.user.id` as its parts, or null when it is not so plain. */
function chainOf(node: Node): readonly string[] | null {
  const parts: string[] = [];
  let at: Node = node;
  while (
    at.type === 'MemberExpression' ||
    at.type === 'TSNonNullExpression' ||
    at.type === 'ChainExpression'
  ) {
    if (at.type !== 'MemberExpression') {
      at = at.expression;
      continue;
    }
    if (at.property.type === 'Identifier' && !at.computed) parts.unshift(at.property.name);
    else if (at.property.type === 'Literal') parts.unshift(String(at.property.value));
    else return null;
    at = at.object;
  }
  if (at.type === 'Identifier') parts.unshift(at.name);
  else if (at.type === 'ThisExpression') parts.unshift('this');
  else return null;
  return parts;
}

function speaksOfSession(parts: readonly string[], trusted: ReadonlyMap<string, boolean>): boolean {
  const [root = '', ...rest] = parts;
  if (rest.some((part) => inputPart.test(part))) return false;
  if (requestRoot.test(root)) return rest.some((part) => sessionPart.test(part));
  return trusted.get(root) === true;
}

/** Names inside a function that hold what the session says: true when they do, false when they come from the request's input. */
function trustedNames(node: FunctionLike, text: string): Map<string, boolean> {
  const trusted = new Map<string, boolean>();
  walkNodes(node, (inner) => {
    if (inner.type !== 'VariableDeclarator' || !inner.init) return;
    const from = text.slice(inner.init.start, inner.init.end).replace(/\s+/g, ' ').slice(0, 300);
    const bare = from
      .replace(/^\(?await /, '')
      .replace(/\(.*$/, '')
      .trim();
    const session =
      sessionCall.test(bare) ||
      (/^(req|request|ctx|context|c|res|this|locals|event|session|opts)\b/.test(bare) &&
        from.split(/[.?!\s()[\]'"]+/).some((part) => sessionPart.test(part)) &&
        !/\b(body|params|query|headers)\b/.test(from));
    for (const name of namesOf(inner.id)) trusted.set(name, session);
  });
  return trusted;
}

/** Names that a parameter takes apart, such as `({ ctx, session })`, and parameters that are called after the caller. */
function destructuredSession(node: FunctionLike): readonly string[] {
  const found: string[] = [];
  for (const parameter of node.params) {
    const pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    if (pattern.type === 'Identifier' && sessionPart.test(pattern.name)) found.push(pattern.name);
    if (pattern.type !== 'ObjectPattern') continue;
    for (const property of pattern.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
      if (sessionPart.test(property.key.name)) found.push(...namesOf(property.value));
    }
  }
  return found;
}

function namesOf(node: Node): readonly string[] {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'Property') return namesOf(node.value);
  if (node.type === 'AssignmentPattern') return namesOf(node.left);
  return node.type === 'ObjectPattern' || node.type === 'ArrayPattern' || node.type === 'RestElement'
    ? childNodes(node).flatMap(namesOf)
    : [];
}
