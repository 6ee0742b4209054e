// Loaded before anything else, as a file because the content security policy forbids inline scripts.

// The colour scheme before the first paint, so that a dark page never flashes white. Mantine keeps the same key.
(() => {
  let wish = null;
  try {
    wish = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage is blocked: follow the system.
  }
  const dark = wish === 'dark' || (wish !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();

// Mantine writes its style sheets by innerHTML. This policy lets such text through and never a tag. The one script that
// is named by its address, the worker of the live streams, is a file of the build.
if (window.trustedTypes) {
  window.trustedTypes.createPolicy('default', {
    createHTML: text => (text.includes('<') ? null : text),
    createScriptURL: text => {
      const { origin, pathname } = new URL(text, location.href);
      return origin === location.origin && pathname.startsWith('/assets/') ? text : null;
    },
  });
}
