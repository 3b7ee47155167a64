import { PretendWorld } from '@painchain/connector-sdk/testing/pretend';
import { Repository } from './repository.js';

export interface Owner {
  id: number;
  login: string;
  type: 'Organization' | 'User';
}

/** Whom tokens belong to: all tokens of an account share one rate limit. */
export interface Account {
  login: string;
  id: number;
  /** The owners whose repositories it may read. */
  owners: ReadonlySet<string>;
  /** Requests an hour. */
  limit: number;
  /** Its tokens; an expired one is refused. */
  tokens: Map<string, { expires: number | undefined }>;
  /** Of a GitHub App's installation: the app's id and its public key. */
  app?: { id: string; installation: number; publicKey: string };
}

/** All that a GitHub holds, and its clock. */
export class World extends PretendWorld {
  readonly owners = new Map<string, Owner>();
  readonly accounts: Account[] = [];
  readonly repositories = new Map<number, Repository>();
  readonly #named = new Map<string, Repository>();

  addOwner(login: string, type: Owner['type'] = 'Organization'): Owner {
    const owner = { id: this.id(), login, type };
    this.owners.set(login.toLowerCase(), owner);
    return owner;
  }

  /** A token, and the account it belongs to, which may read the repositories of these owners. */
  addToken(token: string, owners: readonly string[], limit = 5_000): Account {
    const account: Account = {
      login: `reader-${this.accounts.length + 1}`,
      id: this.id(),
      owners: new Set(owners.map((owner) => owner.toLowerCase())),
      limit,
      tokens: new Map([[token, { expires: undefined }]]),
    };
    this.accounts.push(account);
    return account;
  }

  addApp(app: NonNullable<Account['app']>, owners: readonly string[], limit = 5_000): Account {
    const account = this.addToken(`none-${app.installation}`, owners, limit);
    account.tokens.clear();
    account.app = app;
    return account;
  }

  accountOf(token: string): Account | undefined {
    return this.accounts.find(({ tokens }) => {
      const found = tokens.get(token);
      return found && (found.expires === undefined || found.expires > this.now());
    });
  }

  addRepository(ownerLogin: string, name: string): Repository {
    const owner = this.owners.get(ownerLogin.toLowerCase()) ?? this.addOwner(ownerLogin);
    const repository = new Repository(this, this.id(), owner, name);
    this.repositories.set(repository.id, repository);
    this.named(repository);
    return repository;
  }

  /** By the name it has, or had: `moved` says that it has another one now. */
  find(fullName: string): { repository: Repository; moved: boolean } | undefined {
    const wanted = fullName.toLowerCase();
    const repository = this.#named.get(wanted);
    return repository && { repository, moved: repository.fullName.toLowerCase() !== wanted };
  }

  /** A name leads to the repository that had it last. */
  named(repository: Repository): void {
    this.#named.set(repository.fullName.toLowerCase(), repository);
  }
}
