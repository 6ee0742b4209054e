const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const LINE_MS = 5_000;

/**
 * Says on standard error what is going on and for how long, while `work` runs: a moving line on a terminal, a line every
 * few seconds elsewhere. Standard output stays free for results.
 */
export async function withProgress(label, work) {
  const startedAt = performance.now();
  const text = () => `distomon: ${label} … ${Math.floor((performance.now() - startedAt) / 1000)} s`;
  const stop = process.stderr.isTTY ? spin(text) : repeat(`distomon: ${label} …`, text);
  try {
    return await work();
  } finally {
    stop();
  }
}

function spin(text) {
  let frame = 0;
  const draw = () => process.stderr.write(`\r\x1b[K${SPINNER[frame++ % SPINNER.length]} ${text()}`);
  draw();
  const timer = setInterval(draw, FRAME_MS);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  };
}

function repeat(first, text) {
  console.error(first);
  const timer = setInterval(() => console.error(text()), LINE_MS);
  return () => clearInterval(timer);
}
