import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    // The sources, so that the interface can be built before them, or at the same time.
    alias: [
      { find: /^@painchain\/query$/, replacement: `${packages}/query/src/index.ts` },
      { find: /^@painchain\/contract\/(\w+)$/, replacement: `${packages}/contract/src/$1.ts` },
    ],
  },
  build: {
    target: 'es2023',
    // An inlined asset would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    // The polyfill would be an inline script in the eyes of some policies; every browser we serve preloads.
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': { target: `http://127.0.0.1:${process.env['PAINCHAIN_PORT'] ?? 8000}` } },
  },
});
