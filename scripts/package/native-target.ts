/** For which system and processor a compiled file is made, read from its own header. */

export interface NativeTarget {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
}

const ELF = 0x7f454c46;
const ELF_MACHINES = new Map<number, NativeTarget['arch']>([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
]);
/** As a little-endian machine writes it. */
const MACH_O_64 = 0xfeedfacf;
/** Several programs in one file; the list of them is big-endian. */
const MACH_O_FAT = 0xcafebabe;
const MACH_O_CPUS = new Map<number, NativeTarget['arch']>([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
]);
const MZ = 0x4d5a;
const PE = 0x50450000;
const PE_OFFSET_AT = 0x3c;
const PE_MACHINES = new Map<number, NativeTarget['arch']>([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);

/** All targets the file serves; empty where it is none of ELF, Mach-O and PE, or for a processor we do not pack for. */
export function nativeTargets(file: Buffer): NativeTarget[] {
  if (file.length < 64) return [];
  const magic = file.readUInt32BE(0);
  if (magic === ELF) return targets('linux', [ELF_MACHINES.get(file.readUInt16LE(18))]);
  if (file.readUInt32LE(0) === MACH_O_64) return targets('darwin', [MACH_O_CPUS.get(file.readUInt32LE(4))]);
  if (magic === MACH_O_FAT) return targets('darwin', fatArchs(file));
  if (file.readUInt16BE(0) === MZ) return targets('win32', [peArch(file)]);
  return [];
}

type Arch = NativeTarget['arch'] | undefined;

const targets = (platform: NativeTarget['platform'], archs: readonly Arch[]): NativeTarget[] =>
  archs.filter((arch) => arch !== undefined).map((arch) => ({ platform, arch }));

/** Each entry of the list is 20 bytes and begins with the processor. */
function fatArchs(file: Buffer): Arch[] {
  const count = Math.min(file.readUInt32BE(4), 2);
  return Array.from({ length: count }, (_, index) => MACH_O_CPUS.get(file.readUInt32BE(8 + 20 * index)));
}

function peArch(file: Buffer): Arch {
  const at = file.readUInt32LE(PE_OFFSET_AT);
  if (at + 6 > file.length || file.readUInt32BE(at) !== PE) return undefined;
  return PE_MACHINES.get(file.readUInt16LE(at + 4));
}
