import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface Service {
  image: string;
  build?: { context: string; dockerfile: string; args: Record<string, string> };
  profiles?: string[];
  ports?: string[];
  volumes?: string[];
  networks: string[];
  environment: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test?: string[] };
  [setting: string]: unknown;
}

const text = read('docker-compose.yml');
const file = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(file.services);
const byName = (name: string): Service => {
  const service = file.services[name];
  if (service === undefined) throw new Error(`there is no ${name}`);
  return service;
};
const connectors = readdirSync(join(root, 'connectors')).filter((type) =>
  existsSync(join(root, 'connectors', type, 'connector.yaml')),
);
const connectorServices = services.filter(([name]) => name.endsWith('-connector'));

/** The variables that a file takes from outside, with their defaults. */
function variablesOf(content: string): Map<string, string> {
  const found = content.matchAll(/\$\{(\w+)(?::-([^}]*))?\}/g);
  return new Map([...found].map(([, name = '', value = '']) => [name, value]));
}

describe('docker-compose.yml', () => {
  it('has a database, a backend, and each connector by its profile', () => {
    const always = services.filter(([, { profiles }]) => profiles === undefined).map(([name]) => name);
    expect(always).toEqual(['painchain-db', 'painchain-backend']);
    const served = connectorServices.map(([name]) => name.replace('-connector', ''));
    expect(served).toEqual(expect.arrayContaining(connectors));
    for (const type of served) {
      const { profiles, image, build, volumes } = byName(`${type}-connector`);
      expect(profiles).toEqual([type]);
      expect(image).toMatch(new RegExp(`^painchain/${type}-connector:\\$`));
      expect(build).toMatchObject({ context: '.', dockerfile: `connectors/${type}/Dockerfile` });
      expect(volumes).toEqual(
        expect.arrayContaining([
          `./config/${type}-connector.yaml:/app/config.yaml:ro`,
          'connector-key:/run/painchain:ro',
          `${type}-data:/data`,
        ]),
      );
    }
  });

  it('publishes on this machine alone', () => {
    const published = services.flatMap(([, { ports = [] }]) => ports);
    expect(published).toEqual([
      '127.0.0.1:${PAINCHAIN_PORT:-8000}:8000',
      '127.0.0.1:${PAINCHAIN_PROXY_PORT:-8080}:8080',
    ]);
    expect(services.filter(([, service]) => 'network_mode' in service || 'privileged' in service)).toEqual(
      [],
    );
  });

  it.each(services)('confines %s', (_, service) => {
    expect(service).toMatchObject({
      restart: 'unless-stopped',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      logging: { options: { 'max-size': '10m' } },
    });
    expect(service['tmpfs']).toContain('/tmp');
    expect(service['mem_limit']).toBeDefined();
    expect(service['pids_limit']).toBeGreaterThan(0);
    // An image of ours names its user itself, and the recipes' test sees to that.
    if (service.build === undefined) expect(service['user']).toMatch(/^(?!root|0\b)/);
    else expect(service).not.toHaveProperty('user');
    expect(service['cap_add'] ?? []).toEqual(service.image.includes('caddy') ? ['NET_BIND_SERVICE'] : []);
    expect(service.healthcheck).toBeDefined();
  });

  it('asks images of ours what their recipe asks, and others something of its own', () => {
    for (const [name, { build, healthcheck }] of services) {
      expect([name, healthcheck.test === undefined]).toEqual([name, build !== undefined]);
    }
  });

  it('lets connectors reach the backend, and only backends the database', () => {
    expect(file.networks['database']?.internal).toBe(true);
    const inside = services.filter(([, { networks }]) => networks.includes('database')).map(([name]) => name);
    expect(inside).toEqual(['painchain-db', 'painchain-backend', 'painchain-backend-2']);
    for (const [, { environment, depends_on }] of connectorServices) {
      expect(environment['PAINCHAIN_API_URL']).toBe('http://painchain-backend:8000/api');
      expect(depends_on).toEqual({ 'painchain-backend': { condition: 'service_healthy' } });
      expect(Object.keys(environment)).not.toContain('DATABASE_URL');
    }
    expect(byName('painchain-backend').depends_on).toEqual({
      'painchain-db': { condition: 'service_healthy' },
    });
  });

  it('serves under every name by which one of its services calls a backend', () => {
    const allowed = byName('painchain-backend').environment['PAINCHAIN_ALLOWED_HOSTS']?.split(',');
    const called = [...read('docker/Caddyfile').matchAll(/(painchain-[\w-]+):8000/g)].map(([, name]) => name);
    expect(called).toHaveLength(2);
    expect(allowed).toEqual(expect.arrayContaining(['painchain-backend', 'painchain-proxy', ...called]));
  });

  it('gives both replicas the same keys and settings', () => {
    const { build: _, ports: __, ...first } = byName('painchain-backend');
    const { build: ___, profiles, ...second } = byName('painchain-backend-2');
    expect(profiles).toEqual(['scale']);
    expect(second).toEqual(first);
  });

  it('keeps what must outlive a container in volumes that are declared', () => {
    const used = services
      .flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''))
      .filter((name) => /^[\w-]+$/.test(name));
    expect([...new Set(used)].sort()).toEqual(Object.keys(file.volumes).sort());
    expect(byName('painchain-db').volumes).toEqual(['painchain-db:/var/lib/postgresql']);
  });

  it('holds no secret, and every variable of it is explained with its default', () => {
    const example = read('.env.example');
    const explained = new Map(
      [...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    const variables = variablesOf(text);
    expect([...explained.keys()].sort()).toEqual([...variables.keys()].sort());
    const secret = /PASSWORD|TOKEN|KEY|SECRET/;
    for (const [name, value] of variables) {
      // An empty value lets the default of the database's password stand.
      if (secret.test(name)) expect([name, explained.get(name)]).toEqual([name, '']);
      else expect([name, explained.get(name)]).toEqual([name, value]);
    }
    for (const [, { environment }] of services) {
      for (const [name, value] of Object.entries(environment)) {
        if (secret.test(name) && !name.endsWith('_FILE'))
          expect(value).toMatch(/^\$\{\w+:-(?:painchain)?\}$/);
      }
    }
  });

  it('gives a connector every variable that it reads, and no other connector', () => {
    for (const type of connectors) {
      const readme = read(`connectors/${type}/README.md`);
      const given = Object.keys(byName(`${type}-connector`).environment);
      const own = given.filter((name) => !/^PAINCHAIN_(?:API|LOG)_/.test(name));
      expect(own.filter((name) => !readme.includes(name))).toEqual([]);
    }
  });
});

describe('docker-compose.secrets.yml', () => {
  const override = parse(read('docker-compose.secrets.yml'), { merge: true }) as {
    services: Record<string, { environment: Record<string, string>; secrets: string[] }>;
    secrets: Record<string, { file: string }>;
  };

  it('replaces a variable that there is by a file that is mounted', () => {
    const used = Object.entries(override.services).flatMap(([name, { environment, secrets }]) => {
      const variables = Object.keys(environment).filter((variable) => !variable.endsWith('_FILE'));
      for (const variable of variables) {
        expect(byName(name).environment).toHaveProperty(variable);
        expect(environment[variable]).toBe('');
        expect(secrets.map((secret) => `/run/secrets/${secret}`)).toContain(environment[`${variable}_FILE`]);
      }
      expect(variables).toHaveLength(secrets.length);
      return secrets;
    });
    expect([...new Set(used)].sort()).toEqual(Object.keys(override.secrets).sort());
    for (const [name, { file: path }] of Object.entries(override.secrets))
      expect(path).toBe(`./secrets/${name}`);
    expect(read('.gitignore').split('\n')).toContain('secrets/');
  });
});
