import { tryForge } from './try-forge.js';

tryForge({
  forge: 'gitlab',
  watched: 'projects: [{ project: org-0/team/repo-0, tags: [backend, critical] }]',
});
