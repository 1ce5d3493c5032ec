/**
 * Loaded into every server process before its own program (`--import`): answers over the parent's IPC channel with
 * what the process itself knows about its cost. The same probe in all of them, on every platform. Plain JavaScript: stripping types would load a compiler into the gateway
 * and weigh on its memory figures.
 */
import { readFileSync } from 'node:fs';

process.on('message', (message) => {
  if (message !== 'usage') return;
  const cpu = process.cpuUsage();
  process.send?.({
    usage: { cpuMs: (cpu.user + cpu.system) / 1000, rssBytes: process.memoryUsage.rss(), peakRssBytes: peakRssBytes() },
  });
});
// The probe alone must not keep a program alive that wants to end.
process.channel?.unref();

/**
 * Linux's maxRSS begins with what the parent had when it started this process: the benchmark's own memory, not the
 * gateway's. The high-water mark of the address space is this program's alone.
 */
function peakRssBytes() {
  const kilobytes =
    process.platform === 'linux'
      ? Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
      : process.resourceUsage().maxRSS;
  return kilobytes * 1024;
}
