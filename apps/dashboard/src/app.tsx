import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { router } from './pages/router.tsx';
import { CrashGuard } from './ui/crash-guard.tsx';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <CrashGuard>
        <RouterProvider router={router} />
      </CrashGuard>
    </QueryClientProvider>
  );
}
