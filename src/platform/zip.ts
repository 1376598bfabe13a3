import { crc32 } from 'node:zlib';

export interface ZipEntry {
  name: string;
  bytes: Buffer;
  at: Date;
}
/** MS-DOS date and time of an instant, in France. */
function dosTime(at: Date): { date: number; time: number } {
  const [day, hour] = at.toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).split(' ') as [string, string];
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const [hours, minutes, seconds] = hour.split(':').map(Number) as [number, number, number];
  return {
    date: ((Math.max(year, 1980) - 1980) << 9) | (month << 5) | date,
    time: (hours << 11) | (minutes << 5) | (seconds >> 1),
  };
}
/**
 * A zip, entry after entry as they come, without compression: PDF are compressed already. Names in UTF-8.
 * At most 65 535 entries and 4 GB.
 */
export async function* zipOf(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for await (const { name, bytes, at } of entries) {
    const named = Buffer.from(name);
    const { date, time } = dosTime(at);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(named.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, named]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 3]), common, rest, named]));
    offset += local.length + bytes.length;
    yield local;
    yield bytes;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  yield list;
  yield Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), end]);
}
