// The ZIP container of XLSX and DOCX files (PKWARE APPNOTE 6.3.10, without ZIP64 and encryption): written part by part to a file, in
// constant memory, and always with the same time, so that the same content gives the same bytes; read from memory for small ones.
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, inflateRawSync } from 'node:zlib';
import { UserError } from '../messages/user-error.js';

export interface ZipPart {
  /** Path inside the archive, `/` between folders. */
  readonly name: string;
  readonly content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

interface Written {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;
/** 1 January 1980, midnight: the first moment that the format knows. */
const DATE = 0x21;
const FOUR_GIB = 0xffff_ffff;

/** Writes the parts in their order to a new file. Throws UserError where the file would pass 4 GiB. */
export async function writeZip(path: string, parts: Iterable<ZipPart>): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    const written: Written[] = [];
    let end = 0;
    for (const part of parts) {
      const one = await writePart(file, part, end);
      written.push(one);
      end += 30 + one.name.length + one.packed;
      if (Math.max(end, one.size) > FOUR_GIB) throw tooLarge();
    }
    const directory = Buffer.concat([...written.map(centralHeader)]);
    await file.write(
      Buffer.concat([directory, endRecord(written.length, directory.length, end)]),
      0,
      null,
      end,
    );
  } finally {
    await file.close();
  }
}

/** The header goes before the bytes it counts, so it is written last. */
async function writePart(file: FileHandle, part: ZipPart, offset: number): Promise<Written> {
  const name = Buffer.from(part.name, 'utf8');
  let [crc, size, packed] = [0, 0, 0];
  const start = offset + 30 + name.length;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of part.content) {
      crc = crc32(chunk, crc);
      size += chunk.length;
      yield chunk;
    }
  }
  await pipeline(Readable.from(counted()), createDeflateRaw(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      await file.write(chunk, 0, chunk.length, start + packed);
      packed += chunk.length;
      if (start + packed > FOUR_GIB) throw tooLarge();
    }
  });
  const written = { name, offset, crc, size, packed };
  if (size <= FOUR_GIB) await file.write(localHeader(written), 0, null, offset);
  return written;
}

/** What stands in both headers: version, flags, method, time, date, checksum, sizes, length of the name. */
function described({ name, crc, size, packed }: Written): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(UTF8_NAMES, 2);
  bytes.writeUInt16LE(DEFLATED, 4);
  bytes.writeUInt16LE(DATE, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}

function localHeader(written: Written): Buffer {
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(LOCAL);
  return Buffer.concat([signature, described(written), written.name]);
}

function centralHeader(written: Written): Buffer {
  const before = Buffer.alloc(6);
  before.writeUInt32LE(CENTRAL);
  before.writeUInt16LE(20, 4);
  const after = Buffer.alloc(14);
  after.writeUInt32LE(written.offset, 10);
  return Buffer.concat([before, described(written), after, written.name]);
}

function endRecord(parts: number, size: number, offset: number): Buffer {
  const bytes = Buffer.alloc(22);
  bytes.writeUInt32LE(END);
  bytes.writeUInt16LE(parts, 8);
  bytes.writeUInt16LE(parts, 10);
  bytes.writeUInt32LE(size, 12);
  bytes.writeUInt32LE(offset, 16);
  return bytes;
}

function tooLarge(): UserError {
  return new UserError({
    what: {
      vi: 'Danh sách quá lớn cho một tệp XLSX (4 GiB).',
      en: 'The list is too large for an XLSX file (4 GiB).',
    },
    mend: { vi: 'Hãy dùng dạng csv hoặc parquet.', en: 'Use the format csv or parquet.' },
  });
}

/** The parts of an archive that another library has made in memory, in their order. */
export function readZip(archive: Uint8Array): { readonly name: string; readonly content: Buffer }[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0) throw new Error('not a ZIP archive');
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + packed);
    const part = {
      name: bytes.toString('utf8', at + 46, at + 46 + name),
      content: method === DEFLATED ? inflateRawSync(data) : Buffer.from(data),
    };
    at += 46 + name + extra + comment;
    return part;
  });
}
