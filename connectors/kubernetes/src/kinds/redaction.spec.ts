import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactText } from '../translate/secret-text.js';
import { redaction, secrecyOf } from './redaction.js';

const options = { redact: ['*_pepper', '*acme-*-code'], digestKey: 'key of the integration' };
const secrecy = secrecyOf(options);
const hide = redaction(options);
const metadata = { uid: 'uid-c', name: 'app-config', namespace: 'shop', resourceVersion: '1' };
const object = (kind: string, members: JsonObject) => ({ apiVersion: 'v1', kind, metadata, ...members });

const canary = 'c4n4ry/+0ne=';
const names =
  'PASSWORD DB_PASSWORD db.password adminPassword passwd MYSQL_PWD SSH_PASSPHRASE API_KEY apiKey apikey ' +
  'AWS_SECRET_ACCESS_KEY private-key SIGNING_KEY licenseKey token GITHUB_TOKEN accessTokens clientSecret ' +
  'credentials SENTRY_DSN JWT auth CONNECTION_STRING connStr session-cookie .dockerconfigjson ' +
  'SLACK_WEBHOOK_URL HASH_PEPPER acme-door-code';
const plain = [
  'LOG_LEVEL',
  'PASSWORD_FILE',
  'secretName',
  'TOKEN_TTL',
  'max_tokens',
  'authors',
  'keyboard',
  'port',
];

const aName = fc.constantFrom(...names.split(' ')).filter((name) => !name.startsWith('.'));

describe('a name', () => {
  it.each(names.split(' '))('%s is that of a secret', (name) => {
    expect(secrecy.isSecret(name)).toBe(true);
    expect(secrecy.isSecret(`acme.test/${name}`)).toBe(true);
  });
  it.each(plain)('%s is not', (name) => {
    expect(secrecy.isSecret(name)).toBe(false);
  });
});

describe('a value under a secret-looking name', () => {
  /** Each a way to write that a name has a value. */
  const texts: ((name: string, value: string) => string)[] = [
    (name, value) => `${name}=${value}`,
    (name, value) => `a=1\nexport ${name}="${value}"\nb=2`,
    (name, value) => `  ${name} = ${value} and more\n`,
    (name, value) => `server:\n  ${name}: ${value}\n  port: 80`,
    (name, value) => `${name}: |\n  first\n  ${value}\nport: 80`,
    (name, value) => `${name}:\n  - one\n  - ${value}\nport: 80`,
    (name, value) => `- ${name}:\n  - ${value}\n- port: 80`,
    (name, value) => `{ user: ada, ${name}: ${value} , port: 80 }`,
    (name, value) => `# ${name}: '${value}'`,
    (name, value) => `${name}: 'it''s ${value}'`,
    (name, value) => JSON.stringify({ a: 1, [name]: value }),
    (name, value) => JSON.stringify({ a: 1, [name]: { deep: [value] } }, null, 2),
    (name, value) => JSON.stringify({ text: JSON.stringify({ [name]: value }) }),
    (name, value) => `<config><${name.replace(/^\W/, '')}>${value}</${name}></config>`,
    (name, value) => `<add key="${name}" value="${value}"/>`,
    (name, value) => `env:\n  - name: ${name}\n    value: ${value}\n  - name: PORT`,
    (name, value) => JSON.stringify([{ name, value }]),
    (name, value) => `run --port=80 --${name}=${value} --verbose`,
    (name, value) => `${name}=one \\\n  ${value}\nport=80`,
    (name, value) => `https://api.acme.test/?a=1&${name}=${value}&b=2`,
    (name, value) => `run --port 80 --${name} ${value} --verbose`,
    (name, value) => `${name} ${value}\nport 80`,
    (name, value) => `set_header ${name} "${value}";`,
    (name, value) => `2fa_${name}=${value}`,
    (name, value) => `  ${name} := "${value}"`,
    (name, value) => `{user:"ada",${name}:"${value}",port:80}`,
    (name, value) => `$config['${name}'] = '${value}';`,
    (name, value) => `define('${name}', '${value}');`,
    (name, value) => `'${name}' => '${value}',`,
    (name, value) => `return array('user' => 'ada', '${name}' => '${value}');`,
    (name, value) => `<name>${name}</name>\n<value>${value}</value>`,
    (name, value) => `<property name="db.${name}">${value}</property>`,
  ];
  /** Each a place where an object has such a text or value. */
  const places: ((name: string, value: string, text: string) => JsonObject)[] = [
    (name, value) => object('ConfigMap', { data: { [name]: value } }),
    (_, __, text) => object('ConfigMap', { data: { 'application.conf': text } }),
    (name, value) =>
      object('ConfigMap', { metadata: { ...metadata, annotations: { [`acme.test/${name}`]: value } } }),
    (_, __, text) =>
      object('ConfigMap', { metadata: { ...metadata, annotations: { 'acme.test/note': text } } }),
    (name, value) => object('Pod', { spec: { containers: [{ name: 'api', env: [{ name, value }] }] } }),
    (name, value) => object('Pod', { spec: { containers: [{ name: 'api', args: [`--${name}`, value] }] } }),
    (_, __, text) => object('Pod', { spec: { containers: [{ name: 'api', command: ['sh', '-c', text] }] } }),
    (_, value) => object('Pod', { spec: { containers: [{ name: 'api', args: ['-u', `ada:${value}`] }] } }),
    (name, value) => object('Application', { spec: { values: { hard: { [name]: value } } } }),
    (name, value) => object('Application', { spec: { values: { [name]: { of: [{ all: value }] } } } }),
    (name, value) => object('Application', { spec: { parameters: [{ name: `auth.${name}`, value }] } }),
    (name, value) => object('StorageClass', { parameters: { [name]: value } }),
    (_, value) => object('Secret', { data: { any: value }, stringData: { other: value } }),
    (name, value) =>
      object('ConfigMap', {
        metadata: {
          ...metadata,
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"${name}":"${value}"}}`,
          },
        },
      }),
  ];

  it('is hidden wherever it stands, and the lines of a text stay', () => {
    const forms = fc.constantFrom(...texts);
    fc.assert(
      fc.property(
        aName,
        forms,
        fc.constantFrom(...places),
        fc.string({ maxLength: 9 }),
        (name, form, place, tail) => {
          const value = canary + tail.replace(/[^\w]/g, '');
          const text = form(name, value);
          expect(JSON.stringify(hide(place(name, value, text) as never))).not.toContain(canary);
          expect(redactText(text, secrecy).split('\n')).toHaveLength(text.split('\n').length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is told by a digest of the integration’s own', () => {
    const digest = (key: string) => {
      const { data } = redaction({ ...options, digestKey: key })(
        object('ConfigMap', { data: { TOKEN: 'x' } }),
      );
      return data;
    };
    expect(digest('one')).toEqual({ TOKEN: expect.stringMatching(/^hmac:[0-9a-f]{12}$/) as string });
    expect(digest('one')).toEqual(digest('one'));
    expect(digest('one')).not.toEqual(digest('other'));
  });
});

describe('what looks like a secret itself', () => {
  const pem = `-----BEGIN PRIVATE KEY-----\n${'TUlJQ2'.repeat(20)}\n-----END PRIVATE KEY-----`;
  it.each([
    ['a private key', pem, 'TUlJQ2'],
    ['a key without an end', pem.slice(0, 60), 'TUlJQ2'],
    ['a bundle in base64', `ca ${Buffer.from(pem).toString('base64')}`, 'LS0tLS1C'],
    ['a URL with a password', 'postgres://ada:hunter2@db.acme.test/shop', 'hunter2'],
    ['a URL with a token', 'https://abcdefghijklmnopqrstuvwx@git.acme.test/a', 'abcdefgh'],
    ['a header', 'Authorization: Bearer abcdefgh12345678', 'abcdefgh'],
    ['a token of GitHub', `x ghp_${'a1'.repeat(18)} y`, 'a1a1'],
    ['a JWT', 'eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl', 'c2lnbmF0dXJl'],
    ['a JWT behind a dash', 'session-eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl', 'c2lnbmF0dXJl'],
    ['a basic header', 'curl -H "basic  YWRhOmh1bnRlcjI="', 'YWRh'],
    ['a URL of a user with a colon in the password', 'amqp://ada:hun:ter2@mq.acme.test', 'ter2'],
    ['a key of AWS', `AKIA${'A1'.repeat(8)}`, 'A1A1'],
    ['a key of OpenAI', `sk-proj-${'a1'.repeat(12)}`, 'a1a1'],
    ['a key of age', `AGE-SECRET-KEY-1${'Q7'.repeat(12)}`, 'Q7Q7'],
    ['the hash of a password', 'ada:$2y$05$abcdefghijklmnopqrstuv', 'abcdefgh'],
    ['an account of curl', 'curl -u ada:hunter2 https://acme.test', 'hunter2'],
    ['a password of mysql', 'mysql -uada -phunter2 shop', 'hunter2'],
    ['a password of redis', 'redis-cli -h cache -a hunter2 ping', 'hunter2'],
    ['a login of netrc', 'machine acme.test login ada password hunter2', 'hunter2'],
    ['an account in SQL', "CREATE USER ada IDENTIFIED BY 'hunter2'", 'hunter2'],
    ['a role in SQL', "CREATE ROLE ada WITH PASSWORD 'hunter2'", 'hunter2'],
    ['a signed URL', 'https://acme.test/a?sv=1&sig=hunter2', 'hunter2'],
    ['base64 of a configuration', btoa('user: ada\npassword: hunter2\n'), btoa('hunter')],
    ['base64 of a URL', btoa('postgres://ada:hunter2@db.acme.test'), 'cG9zd'],
    ['an incoming webhook', 'https://hooks.slack.com/services/T000/B000/abcdef', 'abcdef'],
  ])('%s is hidden', (_, text, secret) => {
    expect(redactText(text, secrecy)).toContain('hmac:');
    expect(redactText(text, secrecy)).not.toContain(secret);
  });
});

describe('what is no secret stays', () => {
  const spec: JsonValue = {
    serviceAccountName: 'api',
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'registry' }],
    containers: [
      {
        name: 'token-service',
        image: 'ghcr.io/acme/token-service:1.4.2',
        args: ['--port=8080', '--token-file', '/run/token'],
        env: [
          { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
          { name: 'LOG_LEVEL', value: 'info: verbose=1' },
        ],
      },
    ],
    volumes: [
      { name: 'tls', secret: { secretName: 'shop-tls', defaultMode: 420 } },
      {
        name: 'token',
        projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3607 } }] },
      },
    ],
  };
  it.each<[string, JsonObject]>([
    ['a pod', { spec }],
    ['a quota', { spec: { hard: { secrets: '10', 'count/secrets': '20' } } }],
    [
      'a schema',
      {
        spec: {
          versions: [{ schema: { openAPIV3Schema: { properties: { password: { type: 'string' } } } } }],
        },
      },
    ],
    ['an account', { secrets: [{ name: 'api-token-x7k2p' }] }],
    ['a role', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] }],
    ['an Ingress', { spec: { tls: [{ hosts: ['shop.example'], secretName: 'shop-tls' }] } }],
    ['a switch', { data: { ENABLE_AUTH: 'true', 'app.yaml': 'auth: enabled\ncookie: off\n' } }],
    ['a variable', { data: { PASSWORD: '${DB_PASSWORD}', 'app.yaml': 'token: $(TOKEN)\n' } }],
    ['an encoded text', { data: { motd: btoa('Welcome to the shop of acme') } }],
    [
      'annotations that name a Secret',
      {
        metadata: {
          ...metadata,
          annotations: {
            'nginx.ingress.kubernetes.io/auth-secret': 'shop/accounts',
            'vault.hashicorp.com/agent-inject-secret-db': 'database/creds/shop',
          },
        },
      },
    ],
    ['a message', { message: 'MountVolume.SetUp failed for volume "db-token" : secret "db" not found' }],
    ['a page about it', { message: 'Uses basic authentication, or a bearer credential.' }],
    ['a server', { data: { 'nginx.conf': 'location / {\n  proxy_pass http://localhost:3001;\n}\n' } }],
    ['files', { args: ['--kubeconfig=/etc/kube/config', '--jwt-public-key', '/var/keys/jwt.pem'] }],
    ['flags', { args: ['etcd \\\n  --client-cert-auth=true \\\n  --peer-cert-file=/etc/peer.crt\n'] }],
    ['a status', { status: { lastAppliedRevision: 'main/df995110' } }],
    ['an outcome', { message: 'token expired' }],
    ['a container’s user', { args: ['docker run -u 1000:1000 api --token-limit 4096'] }],
    ['a configuration', { data: { 'app.yaml': 'port: 80\nurl: https://git@acme.test/x?page=1\n' } }],
  ])('in %s', (_, members) => {
    const given = object('Thing', members);
    expect(hide(given)).toEqual(given);
  });

  it('and any text without a name or a shape of a secret', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-f =:{}"'\n-]{0,40}$/)), (parts) => {
        const text = parts.join('\n');
        expect(redactText(text, secrecy)).toBe(text);
      }),
    );
  });

  it('much of what never ends is read at once', () => {
    for (const part of [
      'password: "',
      '"token":"a",',
      'a=',
      '{"secret":[',
      '-----BEGIN ',
      'QUJD\n',
      'password x\n',
      '--token ',
      'f("token",',
      'name="token" ',
      'mysql -p',
      'x://',
      'name: token ',
      ' ',
      '-eyJ',
      ':',
      '\\',
    ]) {
      const text = part.repeat(Math.ceil(200_000 / part.length));
      expect(redactText(text, secrecy).length).toBeGreaterThan(0);
      expect(redactText(`a://${text}`, secrecy).length).toBeGreaterThan(0);
    }
  }, 10_000);
});
