/**
 * Loaded into every server process before its own program (`--import`): answers over the parent's IPC channel with
 * what the process itself knows about its cost. The same probe in all of them, on every platform. Plain JavaScript: stripping types would load a compiler into the gateway
 * and weigh on its memory figures.
 */
process.on('message', (message) => {
  if (message !== 'usage') return;
  const cpu = process.cpuUsage();
  process.send?.({
    usage: {
      cpuMs: (cpu.user + cpu.system) / 1000,
      rssBytes: process.memoryUsage.rss(),
      // maxRSS counts kilobytes.
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    },
  });
});
// The probe alone must not keep a program alive that wants to end.
process.channel?.unref();
