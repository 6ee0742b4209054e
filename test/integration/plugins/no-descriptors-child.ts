import { closeSync, openSync } from 'node:fs';
import { PluginProcess } from '../../../libs/collector/src/plugins/process/plugin-process.ts';

// Opens files until it may open no more, gives two back, and starts the process of a plugin: says how that ended.
const open: number[] = [];
try {
  for (;;) open.push(openSync('/dev/null', 'r'));
} catch {
  for (const fd of open.splice(-2)) closeSync(fd);
}
const nobody = (): void => undefined;
const running = new PluginProcess({ readable: [], memoryMiB: 128 }, { onMessage: nobody, onLine: nobody });
const why = await running.ended;
for (const fd of open) closeSync(fd);
console.log(why);
