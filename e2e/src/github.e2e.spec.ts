import { tryForge } from './try-forge.js';

tryForge({
  forge: 'github',
  watched: 'repositories: [{ owner: org-0, repo: repo-0, tags: [backend, critical] }]',
});
