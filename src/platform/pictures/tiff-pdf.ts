import { isFax, samplesOf, type Strip, tiffPages, type TiffPage } from './tiff.ts';

/**
 * A TIFF as a PDF, for who looks at it: what faxes and scanners compress with is what a PDF compresses with, so each strip goes in as it is and nothing is unpacked. The viewer, a printer
 * and text recognition then have one kind of file to deal with; the original is kept and downloaded untouched.
 * Errors: 413, 415, 422
 */
export function pdfOfTiff(bytes: Uint8Array): Buffer {
  const pages = tiffPages(bytes);
  const objects: Buffer[] = [];
  const add = (dictionary: string, stream?: Uint8Array): number =>
    objects.push(
      stream
        ? Buffer.concat([
            Buffer.from(`<<${dictionary}/Length ${stream.length}>>\nstream\n`),
            stream,
            Buffer.from('\nendstream'),
          ])
        : Buffer.from(`<<${dictionary}>>`),
    );
  add('/Type/Catalog/Pages 2 0 R');
  add('');
  const kids = pages.map((page) => {
    const [x, y] = page.dpi.map((dpi) => 72 / dpi) as [number, number];
    // Of a sample too many, a function that drops it.
    const extra = page.colors > samplesOf[page.ink];
    const drops = extra
      ? add(
          `/FunctionType 4/Domain[${'0 1 '.repeat(page.colors)}]/Range[${'0 1 '.repeat(page.colors - 1)}]`,
          Buffer.from('{pop}'),
        )
      : null;
    const space = drops
      ? `[/DeviceN[${Array.from({ length: page.colors }, (_, nth) => `/C${nth}`).join('')}]${spaceOf(page)} ${drops} 0 R]`
      : spaceOf(page);
    const images = page.strips.map((strip) => add(imageOf(page, strip, space), strip.bytes));
    const drawn = page.strips.map((strip, nth) => {
      // Half a dot further down: the next strip is drawn over it, and no line shows between them.
      const high = strip.height + (strip.top + strip.height < page.height ? 0.5 : 0);
      return `q ${size(strip.width * x)} 0 0 ${size(high * y)} ${size(strip.left * x)} ${size((page.height - strip.top - high) * y)} cm/I${nth} Do Q`;
    });
    const content = add('', Buffer.from(drawn.join('\n')));
    return add(
      `/Type/Page/Parent 2 0 R/MediaBox[0 0 ${size(page.width * x)} ${size(page.height * y)}]/Rotate ${page.turns * 90}/Contents ${content} 0 R/Resources<</XObject<<${images.map((id, nth) => `/I${nth} ${id} 0 R`).join('')}>>>>`,
    );
  });
  objects[1] = Buffer.from(`<</Type/Pages/Count ${kids.length}/Kids[${kids.map((id) => `${id} 0 R`).join(' ')}]>>`);
  return written(objects);
}
const size = (points: number): string => points.toFixed(3);

const spaces: Record<Exclude<TiffPage['ink'], 'palette'>, string> = {
  'white-is-zero': '/DeviceGray',
  'black-is-zero': '/DeviceGray',
  rgb: '/DeviceRGB',
  ycc: '/DeviceRGB',
  cmyk: '/DeviceCMYK',
};
const spaceOf = ({ ink, bits, palette }: TiffPage): string =>
  ink === 'palette'
    ? `[/Indexed/DeviceRGB ${(1 << bits) - 1}<${Buffer.from(palette ?? []).toString('hex')}>]`
    : spaces[ink];

function imageOf(page: TiffPage, strip: Strip, space: string): string {
  const { bits, colors, compression } = page;
  // A fax says itself which colour is black.
  const decode =
    page.ink === 'white-is-zero' && !isFax(compression) && compression !== 'jpeg'
      ? `/Decode[1 0${' 0 1'.repeat(colors - 1)}]`
      : '';
  const rows = `/Columns ${strip.width}/Rows ${strip.height}/BlackIs1 ${page.ink === 'black-is-zero'}`;
  const predictor = page.predicted
    ? `/DecodeParms<</Predictor 2/Colors ${colors}/BitsPerComponent ${bits}/Columns ${strip.width}>>`
    : '';
  const filters: Record<TiffPage['compression'], string> = {
    none: '',
    packbits: '/Filter/RunLengthDecode',
    lzw: `/Filter/LZWDecode${predictor}`,
    deflate: `/Filter/FlateDecode${predictor}`,
    jpeg: `/Filter/DCTDecode${page.ink === 'rgb' ? '/DecodeParms<</ColorTransform 0>>' : ''}`,
    rle: `/Filter/CCITTFaxDecode/DecodeParms<</K 0/EncodedByteAlign true/EndOfBlock false${rows}>>`,
    fax1: `/Filter/CCITTFaxDecode/DecodeParms<</K 0${rows}>>`,
    fax2: `/Filter/CCITTFaxDecode/DecodeParms<</K 1${rows}>>`,
    fax4: `/Filter/CCITTFaxDecode/DecodeParms<</K -1${rows}>>`,
  };
  return `/Type/XObject/Subtype/Image/Width ${strip.width}/Height ${strip.height}/ColorSpace${space}/BitsPerComponent ${bits}${decode}${filters[compression]}`;
}

function written(objects: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  let at = parts[0]!.length;
  const places = objects.map((object, nth) => {
    const whole = Buffer.concat([Buffer.from(`${nth + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    at += whole.length;
    return at - whole.length;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')}`;
  parts.push(Buffer.from(`${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`));
  return Buffer.concat(parts);
}
