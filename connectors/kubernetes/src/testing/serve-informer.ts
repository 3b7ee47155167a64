// Informers of client-node that do nothing but count, for measurements beside them. What they have seen is asked of a
// port of their own.
import { createServer } from 'node:http';
import { KubeConfig, type KubernetesObject, makeInformer } from '@kubernetes/client-node';

const { FAKE_CLUSTER_URL = '', INFORMER_PORT, PAINCHAIN_PARENT_PID } = process.env;
/** The kinds that the fake cluster holds objects of. */
const paths = [
  'api/v1/pods',
  'api/v1/configmaps',
  'api/v1/services',
  'api/v1/serviceaccounts',
  'apis/apps/v1/deployments',
  'apis/networking.k8s.io/v1/ingresses',
  'apis/rbac.authorization.k8s.io/v1/roles',
  'apis/rbac.authorization.k8s.io/v1/rolebindings',
];

const config = new KubeConfig();
config.loadFromClusterAndUser(
  // Without TLS the library insists on this flag, which then means nothing.
  { name: 'fake', server: FAKE_CLUSTER_URL, skipTLSVerify: true },
  { name: 'informer', token: 'informer' },
);

const startedAt = Date.now();
/** How many objects there are, and when the last of them was listed. */
let known = 0;
let listedAt = startedAt;
/** When each change was seen, by `<kind>/<name>`. */
const seen: { path: string; at: number }[] = [];

interface List {
  kind: string;
  metadata: { resourceVersion: string };
  items: KubernetesObject[];
}

async function list(path: string) {
  const response = await fetch(`${FAKE_CLUSTER_URL}/${path}`, {
    headers: { authorization: 'Bearer informer' },
  });
  const body = (await response.json()) as List;
  known += body.items.length;
  listedAt = Date.now();
  return body;
}

for (const path of paths) {
  const informer = makeInformer(config, `/${path}`, () => list(path));
  informer.on('update', ({ kind = '', metadata }) => {
    const place = `${metadata?.namespace}/${kind.toLowerCase()}/${metadata?.name}`;
    seen.push({ path: place, at: Date.now() });
  });
  await informer.start();
}

createServer((_, response) => {
  response.end(JSON.stringify({ known, listMs: listedAt - startedAt, seen }));
}).listen(Number(INFORMER_PORT), '127.0.0.1');

/** It ends with who has started it. */
function look(): void {
  try {
    process.kill(Number(PAINCHAIN_PARENT_PID), 0);
  } catch {
    process.exit();
  }
}
if (PAINCHAIN_PARENT_PID) setInterval(look, 1_000);
