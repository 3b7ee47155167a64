import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isUnreachable, ProblemError } from './api/problem-error.js';
import { router } from './router.js';
import './styles.css';

/** A refusal stays one however often it is asked; only a backend that is away or busy is worth another try. */
function worthRetrying(failures: number, error: Error): boolean {
  const busy = error instanceof ProblemError && (error.problem.status >= 500 || error.problem.status === 429);
  return failures < 2 && (isUnreachable(error) || busy);
}

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The browser's idea of being offline says nothing about a backend on this very machine.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: worthRetrying,
    },
  },
});

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no #root');

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
