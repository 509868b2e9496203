import type { Class, Decorator, MethodDefinition, Node } from 'oxc-parser';
import type { FoundRoute } from './found-route.ts';
import { joinPath } from './flatten-routes.ts';
import { dtoSchema } from './dto-schema.ts';
import type { Machine } from './machine.ts';
import { nestApplication, type NestApplication } from './nest-application.ts';
import { pathTemplates } from './path-template.ts';
import type { Sight, SourceGuard } from './read-guards.ts';
import { sightOf, takesId } from './router-routes.ts';
import type { SourceModule } from './source-module.ts';
import { fieldOf, nameOf, textOf, type ClassValue, type InstanceValue, type Value } from './value.ts';
import { walkNodes } from './walk-nodes.ts';

const verbs: Readonly<Record<string, FoundRoute['method']>> = {
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  Head: 'HEAD',
  Options: 'OPTIONS',
  All: 'ANY',
};
const opens =
  /^(Is)?(Public|SkipAuth|NoAuth|AllowAnonymous|AllowUnauthori[sz]ed\w*|Unauthenticated|Anonymous|BypassAuth)\w*$/i;
const noGuard = /throttl|ratelimit/i;
const callerParameter =
  /^(Req|Current|Get|Auth\w*)?_?(User|Account|Tenant|Org\w*|Session|Auth|Principal|Member|Workspace)(Id)?$/i;

/** Routes of NestJS controllers, from their decorators. */
export function nestRoutes(
  machine: Machine,
  sight: Sight,
  modules: readonly SourceModule[],
): readonly FoundRoute[] {
  const nest = modules.filter(({ text }) => text.includes('@nestjs/'));
  if (nest.length === 0) return [];
  const application = nestApplication(machine, nest);
  return nest.flatMap((module) => {
    const found: FoundRoute[] = [];
    walkNodes(module.program, (node) => {
      if (node.type !== 'ClassDeclaration') return;
      const controller = decorated(machine, module, node.decorators).find(
        ({ name }) => name === 'Controller',
      );
      if (controller)
        found.push(...controllerRoutes(machine, sight, module, node, controller.args, application));
    });
    return found;
  });
}

interface Applied {
  readonly name: string;
  readonly args: readonly Value[];
  readonly callee: Value;
}

function decorated(
  machine: Machine,
  { scope }: SourceModule,
  decorators: readonly Decorator[],
): readonly Applied[] {
  return decorators.flatMap(({ expression }): readonly Applied[] => {
    const call = expression.type === 'CallExpression' ? expression : null;
    const callee = call ? call.callee : expression;
    if (callee.type !== 'Identifier') return [];
    const args = (call?.arguments ?? []).flatMap((one) =>
      one.type === 'SpreadElement' ? [] : [machine.evaluate(one, scope)],
    );
    return [{ name: callee.name, args, callee: machine.evaluate(callee, scope) }];
  });
}

function controllerRoutes(
  machine: Machine,
  sight: Sight,
  module: SourceModule,
  node: Class,
  args: readonly Value[],
  application: NestApplication,
): readonly FoundRoute[] {
  const [first] = args;
  const owner: ClassValue = { kind: 'class', node, scope: module.scope };
  const self = injected(machine, owner);
  const bases = (first?.kind === 'list' ? first.items : [fieldOf(first, 'path') ?? first]).map(
    (one) => textOf(one) ?? '',
  );
  const onClass = decorated(machine, module, node.decorators);
  return node.body.body.flatMap((element): readonly FoundRoute[] => {
    if (element.type !== 'MethodDefinition' || element.key.type !== 'Identifier') return [];
    const onMethod = decorated(machine, module, element.decorators);
    const verb = onMethod.find(({ name }) => verbs[name] !== undefined);
    const method = verb ? verbs[verb.name] : undefined;
    if (!verb || !method) return [];
    const open = [...onClass, ...onMethod].some(({ name }) => opens.test(name));
    const handler = machine.memberOf(self, element.key.name);
    const seen = sightOf(sight, [], [], [handler]);
    const body = bodyOf(machine, module, element);
    const versions = [
      fieldOf(first, 'version'),
      ...[...onClass, ...onMethod].filter(({ name }) => name === 'Version').map(({ args: [one] }) => one),
    ];
    const version =
      versions.map((one) => textOf(one)).findLast((one) => one !== null) ?? application.defaultVersion;
    const versioned =
      application.versionPrefix !== null && version !== null ? `${application.versionPrefix}${version}` : '';
    const own = verb.args[0]?.kind === 'list' ? verb.args[0].items : [verb.args[0]];
    return bases.flatMap((base) =>
      own.flatMap((one) => {
        const bare = joinPath(base, textOf(one) ?? '');
        const guards: readonly SourceGuard[] = [
          ...(open ? [] : application.guards.flatMap((value) => asGuard(value, 'global'))),
          ...(open ? [] : guardsOf(onClass, 'router')),
          ...guardsOf(onMethod, 'route'),
          ...application.middlewares
            .filter(({ routes }) =>
              routes.some((route) => standsBefore(route, bare, method, node.id?.name ?? '')),
            )
            .flatMap(({ value }) => middlewareGuard(machine, sight, value)),
        ];
        const unique = new Map(
          guards.map(({ name, where, sure }) => [`${name} ${where}`, { name, where, sure }]),
        );
        return pathTemplates(joinPath(application.prefix, versioned, bare)).map(
          ({ path, catchAll }): FoundRoute => ({
            method,
            path,
            file: machine.nameOf(module.file),
            line: module.lineOf(element.key),
            framework: 'nest',
            mounted: application.listed.size === 0 || application.listed.has(node.id?.name ?? ''),
            guards: [...seen.guards, ...unique.values()],
            scope: namesCaller(element) || guards.some(({ scoped }) => scoped) ? 'seen' : seen.scope,
            takesId: takesId(path, body ?? undefined),
            ...(body ? { body } : {}),
            problems: catchAll ? ['takes any path below it'] : [],
            catchAll,
            app: 'nest',
          }),
        );
      }),
    );
  });
}

/** An object of the controller whose fields are objects of the classes that its constructor names. */
function injected(machine: Machine, of: ClassValue, depth = 0): InstanceValue {
  const self: InstanceValue = { kind: 'instance', of, fields: new Map() };
  if (depth > 2) return self;
  for (const element of of.node.body.body) {
    if (element.type !== 'MethodDefinition' || element.kind !== 'constructor') continue;
    for (const parameter of element.value.params) {
      if (parameter.type !== 'TSParameterProperty') continue;
      const { parameter: id } = parameter;
      if (id.type !== 'Identifier') continue;
      const type = id.typeAnnotation?.typeAnnotation;
      const name =
        type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName : null;
      const value = name ? machine.evaluate(name, of.scope) : null;
      if (value?.kind === 'class') self.fields.set(id.name, injected(machine, value, depth + 1));
    }
  }
  return self;
}

const asGuard = (value: Value, where: SourceGuard['where']): readonly SourceGuard[] => {
  const name = nameOf(value);
  return name === '' || noGuard.test(name)
    ? []
    : [{ name, where, sure: value.kind === 'class', scoped: /own|tenant|member|org/i.test(name) }];
};

/** Guards of `@UseGuards`, and of decorators of the repository that apply some. */
function guardsOf(decorators: readonly Applied[], where: SourceGuard['where']): readonly SourceGuard[] {
  return decorators.flatMap(({ name, args, callee }) => {
    if (name === 'UseGuards') return args.flatMap((value) => asGuard(value, where));
    const text = callee.kind === 'function' ? callee.scope.module.textOf(callee.node) : '';
    return /\bUseGuards\s*\(/.test(text) ? [{ name: `@${name}`, where, sure: true, scoped: false }] : [];
  });
}

function middlewareGuard(machine: Machine, sight: Sight, value: Value): readonly SourceGuard[] {
  const use = value.kind === 'class' ? machine.memberOf(injected(machine, value), 'use') : value;
  const guard = sight.guardOf(use, 'router');
  return guard ? [{ ...guard, name: nameOf(value) || guard.name }] : [];
}

function standsBefore(
  route: NestApplication['middlewares'][number]['routes'][number],
  path: string,
  method: string,
  controller: string,
): boolean {
  if (route.method !== null && route.method !== method) return false;
  if (route.controller !== null) return route.controller === controller;
  if (route.path === null) return false;
  const pattern = joinPath(route.path).split('/');
  if (pattern.some((part) => part.includes('*') || part.includes('('))) {
    const head = pattern.slice(
      0,
      pattern.findIndex((part) => /[*(]/.test(part)),
    );
    return head.every((part, index) => part === path.split('/')[index]);
  }
  const given = path.split('/');
  return (
    pattern.length === given.length &&
    pattern.every(
      (part, index) => part === given[index] || (part.startsWith(':') && given[index]?.startsWith(':')),
    )
  );
}

/** Whether a parameter is filled with who asks, such as `@CurrentUser() user`. */
function namesCaller({ value }: MethodDefinition): boolean {
  return value.params.some((parameter) =>
    (parameter.decorators ?? []).some(({ expression }) => {
      const callee: Node = expression.type === 'CallExpression' ? expression.callee : expression;
      return callee.type === 'Identifier' && callerParameter.test(callee.name);
    }),
  );
}

function bodyOf(machine: Machine, module: SourceModule, { value }: MethodDefinition) {
  for (const parameter of value.params) {
    if (parameter.type !== 'Identifier') continue;
    const body = decorated(machine, module, parameter.decorators ?? []).find(({ name }) => name === 'Body');
    const type = parameter.typeAnnotation?.typeAnnotation;
    if (!body || type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') continue;
    const dto = machine.evaluate(type.typeName, module.scope);
    if (dto.kind !== 'class') continue;
    const schema = dtoSchema(machine, dto);
    const field = textOf(body.args[0]);
    return field === null ? schema : { type: 'object', properties: { [field]: schema }, required: [field] };
  }
  return null;
}
