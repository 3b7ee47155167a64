// npm run test:e2e:kubernetes: the Kubernetes connector and a real cluster, which PAINCHAIN_E2E_KUBECONFIG names.
import './node-version.mjs';

if (process.env.PAINCHAIN_E2E_KUBECONFIG) {
  process.argv.splice(2, Infinity, 'e2e/src/kubernetes-cluster');
  await import('./test.mjs');
} else {
  process.stdout.write('PAINCHAIN_E2E_KUBECONFIG names no kubeconfig, so no cluster is tried.\n');
}
