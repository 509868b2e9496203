import type { Express, Response } from 'express';
import * as z from 'zod';
import { Rows, type Row } from '../../traps/store.ts';
import type { IsOn } from '../world.ts';
import { callerOf } from './caller-of.ts';

const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/);
const long = z
  .string()
  .max(2000)
  .regex(/^[^\0]*$/);
const project = z.object({ title: line, brief: long.default('') });
const task = z.object({ title: line, detail: long.default('') });
const projectChange = z.object({ title: line, brief: long }).partial();
const taskChange = z.object({ title: line, detail: long }).partial();
const slots = z.object({ project: z.string().default(''), task: z.string().default('') });

const show = ({ id, fields }: Row): Record<string, unknown> => ({ id, ...fields });
const titleOf = ({ fields }: Row): string => String(fields['title']);
const absent = (response: Response): void => void response.status(404).json({ error: 'not found' });
const invalid = (response: Response): void =>
  void response
    .status(422)
    .json({ errors: [{ path: 'title', message: 'must be a text of 1 to 200 characters' }] });

/** Registers projects, their tasks, and what looks across them. */
export function registerProjects(app: Express, isOn: IsOn): void {
  const projects = new Rows();
  const tasks = new Rows();
  const visible = (rows: Rows, tenant: string, everything: string): readonly Row[] =>
    isOn(everything) ? rows.all : rows.of(tenant);
  const tasksOf = (rows: readonly Row[], projectId: string): readonly Row[] =>
    rows.filter(({ fields }) => fields['projectId'] === projectId);

  app.get('/api/projects', (_request, response) => {
    const { tenant } = callerOf(response);
    response.json({ projects: visible(projects, tenant, 'tracker-list-unfiltered').map(show) });
  });
  app.post('/api/projects', (request, response) => {
    const given = project.safeParse(request.body);
    if (!given.success) {
      if (isOn('tracker-wrong-type-crashes')) throw given.error;
      return invalid(response);
    }
    response.status(201).json(show(projects.insert(callerOf(response).tenant, given.data)));
  });
  if (isOn('tracker-undocumented-all'))
    app.get('/api/projects/all', (_request, response) => void response.json(projects.all.map(show)));
  app.get('/api/projects/:project', (request, response) => {
    const { tenant } = callerOf(response);
    const id = request.params.project;
    const own = projects.own(tenant, id);
    if (own !== undefined) return void response.json(show(own));
    const foreign = projects.any(id);
    if (foreign === undefined) return absent(response);
    const open =
      isOn('tracker-project-by-id-alone') || (isOn('tracker-north-reads-south') && tenant === 'north');
    if (open) return void response.json(show(foreign));
    if (isOn('tracker-refusal-quotes-title'))
      return void response.status(403).json({ error: `you are not a member of "${titleOf(foreign)}"` });
    if (isOn('tracker-redirect-carries-project'))
      return void response.status(302).set('location', '/').json(show(foreign));
    if (isOn('tracker-request-access-page'))
      return void response.type('html').send(`<!doctype html><h1>Ask for access to ${titleOf(foreign)}</h1>`);
    if (isOn('tracker-partial-preview'))
      return void response.json({ id, title: titleOf(foreign), locked: true });
    return absent(response);
  });
  app.patch('/api/projects/:project', (request, response) => {
    const id = request.params.project;
    const row = isOn('tracker-update-by-id-alone')
      ? projects.any(id)
      : projects.own(callerOf(response).tenant, id);
    if (row === undefined) return absent(response);
    const given = projectChange.safeParse(request.body);
    if (!given.success) return invalid(response);
    row.fields = { ...row.fields, ...given.data };
    response.json({ id, ...given.data });
  });
  app.delete('/api/projects/:project', (request, response) => {
    const id = request.params.project;
    const row = isOn('tracker-delete-by-id-alone')
      ? projects.any(id)
      : projects.own(callerOf(response).tenant, id);
    if (row === undefined) return absent(response);
    row.deleted = true;
    for (const below of tasksOf(tasks.all, id)) below.deleted = true;
    response.status(204).end();
  });

  app.get('/api/projects/:project/tasks', (request, response) => {
    const { tenant } = callerOf(response);
    if (projects.own(tenant, request.params.project) === undefined) return absent(response);
    response.json({ tasks: tasksOf(tasks.all, request.params.project).map(show) });
  });
  app.post('/api/projects/:project/tasks', (request, response) => {
    const { tenant } = callerOf(response);
    const given = task.safeParse(request.body);
    const parent = projects.any(request.params.project);
    const isOwn = parent?.tenant === tenant;
    const anyway = isOn('tracker-task-into-foreign-project') || isOn('tracker-refused-and-inserted');
    if (parent === undefined || !(isOwn || anyway)) return absent(response);
    if (!given.success) return invalid(response);
    const made = tasks.insert(parent.tenant, { ...given.data, projectId: parent.id });
    if (!isOwn && isOn('tracker-refused-and-inserted')) return absent(response);
    response.status(201).json(show(made));
  });
  const seenTask = (response: Response, params: unknown, byIdAlone: boolean): Row | undefined => {
    const { project: projectId, task: id } = slots.parse(params);
    const { tenant } = callerOf(response);
    if (projects.own(tenant, projectId) === undefined) return undefined;
    const row = byIdAlone ? tasks.any(id) : tasks.own(tenant, id);
    return byIdAlone || row?.fields['projectId'] === projectId ? row : undefined;
  };
  app.get('/api/projects/:project/tasks/:task', (request, response) => {
    const row = seenTask(response, request.params, isOn('tracker-task-below-own-project'));
    if (row === undefined) return absent(response);
    response.json(show(row));
  });
  app.patch('/api/projects/:project/tasks/:task', (request, response) => {
    const own = seenTask(response, request.params, false);
    const row = own ?? (isOn('tracker-refused-and-changed') ? tasks.any(request.params.task) : undefined);
    if (row === undefined) return absent(response);
    const given = taskChange.safeParse(request.body);
    if (!given.success) return invalid(response);
    row.fields = { ...row.fields, ...given.data };
    if (own === undefined) return void response.status(403).json({ error: 'not yours' });
    response.json(show(row));
  });
  app.delete('/api/projects/:project/tasks/:task', (request, response) => {
    const { role } = callerOf(response);
    const own = seenTask(response, request.params, false);
    const forced = isOn('tracker-absent-and-deleted') && role !== 'nobody';
    const row = own ?? (forced || role === 'nobody' ? tasks.any(request.params.task) : undefined);
    if (row !== undefined) row.deleted = true;
    if (role === 'nobody') return void response.status(401).json({ error: 'sign in first' });
    if (own === undefined) return absent(response);
    response.status(204).end();
  });

  app.get('/api/search', (request, response) => {
    const wanted = typeof request.query['q'] === 'string' ? request.query['q'] : '';
    const rows = visible(tasks, callerOf(response).tenant, 'tracker-search-unfiltered');
    response.json({ found: rows.filter((row) => titleOf(row).includes(wanted)).map(show) });
  });
  app.get('/api/activity', (_request, response) => {
    const { tenant, role } = callerOf(response);
    const everything = isOn('tracker-activity-unfiltered') || role === 'nobody';
    const rows = everything ? projects.all : projects.of(tenant);
    response.json({ events: rows.map((row) => ({ what: 'made', title: titleOf(row) })) });
  });
  app.get('/api/stats', (_request, response) => {
    const rows = visible(projects, callerOf(response).tenant, 'tracker-counts-by-title');
    response.json(Object.fromEntries(rows.map((row) => [titleOf(row), tasksOf(tasks.all, row.id).length])));
  });
  app.get('/api/export', (_request, response) => {
    const { tenant, role } = callerOf(response);
    if (role !== 'admin' && !isOn('tracker-members-export'))
      return void response.status(403).json({ error: 'only admins export' });
    const rows = visible(projects, tenant, 'tracker-export-unfiltered');
    const cells = rows.map((row) => [row.id, titleOf(row), String(row.fields['brief'])]);
    response.type('csv').send(['id,title,brief', ...cells.map((row) => row.join(','))].join('\n'));
  });
  app.get('/api/audit', (_request, response) => {
    const { tenant, role } = callerOf(response);
    if (role !== 'admin') return void response.status(403).json({ error: 'only admins see the audit' });
    response.json({ entries: tasks.of(tenant).map((row) => ({ task: row.id, was: titleOf(row) })) });
  });
}
