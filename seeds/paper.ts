/** A one-page A4 PDF of plain lines, small and valid, with French accents (WinAnsi). */
export function letterPdf(lines: readonly string[]): Uint8Array {
  const winAnsi: Record<string, number> = {
    '’': 0x92,
    '‘': 0x91,
    '–': 0x96,
    '—': 0x97,
    œ: 0x9c,
    Œ: 0x8c,
    '€': 0x80,
    '…': 0x85,
    '•': 0x95,
  };
  const encode = (line: string) =>
    [...line]
      .map((char) => {
        if (char === '(' || char === ')' || char === '\\') return `\\${char}`;
        const code = winAnsi[char] ?? char.codePointAt(0)!;
        if (code < 0x80) return char;
        return code < 0x100 ? `\\${code.toString(8).padStart(3, '0')}` : '?';
      })
      .join('');
  const stream = `BT /F1 11 Tf 15 TL 60 780 Td\n${lines.map((line) => `(${encode(line)}) Tj T*`).join('\n')}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (fr-FR) >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
