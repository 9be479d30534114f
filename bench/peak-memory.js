// Loaded into every process that is measured: tells the peak of its resident memory, in kilobytes, as it ends.
process.on('exit', () => {
  require('node:fs').writeFileSync(process.env.BENCH_PEAK_MEMORY, String(process.resourceUsage().maxRSS));
});
