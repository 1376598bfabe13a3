import { fileURLToPath } from 'node:url';

/**
 * A letter on paper, photographed from above on a desk: a JPEG without any text in it, whose words are for the recognition to read. Drawn with the type of the screens; null where a machine has no build of the canvas,
 * and so recognises nothing either. The same picture for the same lines.
 */
export async function photographedLetter(lines: readonly string[], tilt: number): Promise<Uint8Array | null> {
  const canvasOf = await import('@napi-rs/canvas').catch(() => null);
  if (!canvasOf) return null;
  const { createCanvas, GlobalFonts } = canvasOf;
  GlobalFonts.registerFromPath(
    fileURLToPath(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')),
    'Letter',
  );
  const [width, height, edge] = [1_320, 1_840, 46];
  const canvas = createCanvas(width, height);
  const ink = canvas.getContext('2d');
  ink.fillStyle = '#7d6a58';
  ink.fillRect(0, 0, width, height);
  ink.translate(width / 2, height / 2);
  ink.rotate(tilt);
  ink.translate(-width / 2, -height / 2);
  ink.shadowColor = 'rgba(0, 0, 0, 0.45)';
  ink.shadowBlur = 26;
  ink.fillStyle = '#f6f3ec';
  ink.fillRect(edge, edge, width - 2 * edge, height - 2 * edge);
  ink.shadowColor = 'transparent';
  // The lamp stands on the left.
  const light = ink.createLinearGradient(edge, 0, width - edge, height);
  light.addColorStop(0, 'rgba(255, 252, 240, 0.5)');
  light.addColorStop(1, 'rgba(70, 60, 45, 0.16)');
  ink.fillStyle = light;
  ink.fillRect(edge, edge, width - 2 * edge, height - 2 * edge);
  ink.fillStyle = '#23232b';
  for (const [at, line] of lines.entries()) {
    ink.font = `${at === 0 ? 700 : 500} ${at === 0 ? 32 : 26}px Letter`;
    ink.fillText(line, 150, 190 + at * 45);
  }
  ink.strokeStyle = '#2b3a78';
  ink.lineWidth = 3;
  ink.beginPath();
  const foot = 250 + lines.length * 45;
  ink.moveTo(700, foot);
  for (const [x, y, toX, toY] of [
    [720, -95, 748, -20],
    [760, 60, 782, -10],
    [800, -110, 822, -6],
    [836, 52, 862, -14],
    [884, -60, 902, 8],
    [925, 44, 1_010, -34],
  ] as const)
    ink.quadraticCurveTo(x, foot + y, toX, foot + toY);
  ink.stroke();
  return canvas.toBuffer('image/jpeg', 74);
}
