/** Ctrl-C and SIGTERM stop a run at its next step; a second Ctrl-C ends the process at once. */
export function stopOnInterrupt(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) process.exit(3);
    process.stderr.write('\nStopping after this step; press Ctrl-C again to end at once.\n');
    controller.abort();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
