import { type Lag, PretendWorld } from '@painchain/connector-sdk/testing/pretend';
import { Project } from './project.js';

/** A group, a subgroup, or a user's own room. */
export interface Namespace {
  id: number;
  kind: 'group' | 'user';
  /** With those it lies in: `acme/shop`. */
  fullPath: string;
}

export interface Token {
  id: number;
  name: string;
  scopes: string[];
  /** Since when it is refused; undefined while it works. */
  expires: number | undefined;
}

/** Whom tokens belong to: all tokens of an account share one rate limit. */
export interface Account {
  username: string;
  id: number;
  /** The top groups whose projects it may read. */
  groups: ReadonlySet<string>;
  /** Requests a minute; undefined on a server that counts none and says nothing of it. */
  limit: number | undefined;
  tokens: Map<string, Token>;
}

/** All that a GitLab holds, and its clock. */
export class World extends PretendWorld {
  readonly namespaces = new Map<string, Namespace>();
  readonly accounts: Account[] = [];
  readonly projects = new Map<number, Project>();
  /** How much later than the push itself its event shows. */
  eventLag: Lag = () => 0;
  /** How instants are written: servers have a time zone. */
  zoneMinutes = 0;
  /** Of longer lists GitLab doesn't say how long they are. */
  mostCounted = 10_000;
  /** Of a push of more branches or tags than this there is one event, which names none of them. */
  mostRefsTold = 3;
  readonly #named = new Map<string, Project>();

  /** A group, and those it lies in. */
  addGroup(fullPath: string, kind: Namespace['kind'] = 'group'): Namespace {
    const known = this.namespaces.get(fullPath.toLowerCase());
    if (known) return known;
    const above = fullPath.slice(0, Math.max(0, fullPath.lastIndexOf('/')));
    if (above !== '') this.addGroup(above);
    const group = { id: this.id(), kind, fullPath };
    this.namespaces.set(fullPath.toLowerCase(), group);
    return group;
  }

  /** A token, and the account it belongs to, which may read what is in these top groups. */
  addToken(token: string, groups: readonly string[], limit?: number): Account {
    const account: Account = {
      username: `reader-${this.accounts.length + 1}`,
      id: this.id(),
      groups: new Set(groups.map((group) => group.toLowerCase())),
      limit,
      tokens: new Map(),
    };
    this.accounts.push(account);
    this.renew(account, token);
    return account;
  }

  /** One more token of an account. */
  renew(account: Account, token: string, expires?: number): void {
    account.tokens.set(token, { id: this.id(), name: 'painchain', scopes: ['read_api'], expires });
  }

  /** Whose token it is, and whether it still works; undefined for one that was never given. */
  holderOf(token: string): { account: Account; token: Token; works: boolean } | undefined {
    for (const account of this.accounts) {
      const found = account.tokens.get(token);
      if (!found) continue;
      return { account, token: found, works: found.expires === undefined || found.expires > this.now() };
    }
    return undefined;
  }

  /** @param path the group and the project: `acme/shop/api` */
  addProject(path: string): Project {
    const cut = path.lastIndexOf('/');
    const project = new Project(this, this.id(), this.addGroup(path.slice(0, cut)), path.slice(cut + 1));
    this.projects.set(project.id, project);
    this.named(project);
    return project;
  }

  /** By the path it has, or had: `moved` says that it has another one now. */
  find(fullName: string): { project: Project; moved: boolean } | undefined {
    const wanted = fullName.toLowerCase();
    const project = this.#named.get(wanted);
    return project && { project, moved: project.fullName.toLowerCase() !== wanted };
  }

  /** A path leads to the project that had it last. */
  named(project: Project): void {
    this.#named.set(project.fullName.toLowerCase(), project);
  }
}
