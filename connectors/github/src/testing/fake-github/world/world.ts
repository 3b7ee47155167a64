import { Chance } from '@painchain/connector-sdk/testing';
import { Ledger } from './ledger.js';
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

/** How long something may take until it shows in a list, in milliseconds; drawn for each thing that happens. */
export type Lag = (chance: Chance) => number;

interface Due {
  at: number;
  act: () => void;
}

/** All that a GitHub holds, and its clock. Whatever is due happens before anybody looks. */
export class World {
  readonly owners = new Map<string, Owner>();
  readonly accounts: Account[] = [];
  readonly repositories = new Map<number, Repository>();
  readonly ledger = new Ledger();
  readonly chance: Chance;
  lag: Lag = () => 0;
  readonly #named = new Map<string, Repository>();
  #agenda: Due[] = [];
  #acting: number | undefined;
  #ids = 1_000;
  #shuffled: number[] = [];

  constructor(
    private readonly clock: () => number,
    seed = 1,
  ) {
    this.chance = new Chance(seed);
  }

  /** The server's time, in milliseconds since 1970; while something planned happens, the instant it was planned for. */
  now(): number {
    return this.#acting ?? this.clock();
  }

  /** Plans something. What is planned for the past happens at the next look. */
  plan(at: number, act: () => void): void {
    let index = this.#agenda.length;
    while (index > 0 && (this.#agenda[index - 1]?.at ?? 0) > at) index -= 1;
    this.#agenda.splice(index, 0, { at, act });
  }

  /** Lets happen all that is due, each thing at its very instant, however long nobody has looked. */
  catchUp(until = this.clock()): void {
    for (;;) {
      const due = this.#agenda[0];
      if (!due || due.at > until) return;
      this.#agenda.shift();
      this.#acting = due.at;
      try {
        due.act();
      } finally {
        this.#acting = undefined;
      }
    }
  }

  /** Ids grow, but not in order: four in a row are dealt as they come. */
  id(): number {
    if (this.#shuffled.length === 0) {
      this.#shuffled = [1, 2, 3, 4].map((step) => this.#ids + step);
      if (this.chance.happens(0.5)) this.#shuffled.reverse();
      this.#ids += 4;
    }
    return this.#shuffled.pop() ?? 0;
  }

  sha(): string {
    return this.chance.hex(40);
  }

  /** Since when something that happens now shows in lists. */
  visibleFrom(): number {
    return this.now() + this.lag(this.chance);
  }

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
