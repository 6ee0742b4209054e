import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { lateScripts } from './build/late-scripts.ts';
import { pageFiles } from './build/page-files.ts';
import { precompress } from './build/precompress.ts';

/** Where `vite dev` finds a running distomon. The Host header is kept: sign-in builds its redirect from it. */
const SERVER = 'http://127.0.0.1:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), lateScripts(), pageFiles(), precompress()],
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    sourcemap: false,
    // The content security policy allows no data: scripts or fonts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'tanstack', test: /node_modules\/@tanstack\// },
            // With all that it imports, Home too: most visits begin there, and one file comes sooner than twenty.
            { name: 'app', test: /\/src\/main\.tsx$/ },
            // What three or more other files share of these: one file for what would be a dozen small ones.
            { name: 'parts', test: /\/src\/(api|ui|features\/account)\//, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': SERVER } },
});
