import { randomUUID } from 'node:crypto';

export interface Project {
  readonly id: string;
  readonly tenant: string;
  title: string;
  notes: string | null;
  archived: boolean;
  readonly madeAt: Date;
}

export interface Task {
  readonly id: string;
  readonly tenant: string;
  readonly projectId: string;
  label: string;
  done: boolean;
}

/** Projects and tasks of both tenants. */
export class BoardStore {
  readonly projects = new Map<string, Project>();
  readonly tasks = new Map<string, Task>();

  addProject(tenant: string, fields: { readonly title: string; readonly notes: string | null }): Project {
    const made = { id: randomUUID(), tenant, ...fields, archived: false, madeAt: new Date() };
    this.projects.set(made.id, made);
    return made;
  }

  addTask(tenant: string, projectId: string, label: string): Task {
    const made = { id: randomUUID(), tenant, projectId, label, done: false };
    this.tasks.set(made.id, made);
    return made;
  }
}
