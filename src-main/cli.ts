#!/usr/bin/env node
import { main } from './cli/main.ts';

// Whoever read the lines may have had enough of them, as `head` has; the work goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main(process.argv.slice(2));
