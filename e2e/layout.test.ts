/**
 * The look at what does not fit (layout.ts) is itself put to the test: overflows planted in a page are each found, and what is cut on
 * purpose, and can be reached, is not.
 */
import assert from 'node:assert/strict';
import { scenario, telephone } from './harness.ts';
import { misfits } from './layout.ts';

const long =
  'Compte rendu d’hospitalisation du service de cardiologie du centre hospitalier, reçu ce matin et pas encore lu';
const nowrap = 'white-space: nowrap';
const cut = `overflow: hidden; ${nowrap}; width: 200px`;
const dots = `${cut}; text-overflow: ellipsis`;
const wide = `<table><tbody><tr>${Array.from({ length: 12 }, (_, at) => `<td style="min-width: 80px">Mesure ${at}</td>`).join('')}</tr></tbody></table>`;

/** What must be found, with words of the finding. */
const faults: Record<string, [html: string, says: RegExp]> = {
  'words wider than the screen, in a page that clips': [
    `<div style="overflow-x: clip"><p style="${nowrap}">${long}</p></div>`,
    /words cut by/,
  ],
  'words cut without an ellipsis': [`<p style="${cut}">${long}</p>`, /words cut by/],
  'an ellipsis without the whole text anywhere': [`<p style="${dots}">${long}</p>`, /words cut by/],
  'an ellipsis on the parent, not drawn for the block inside': [
    `<div title="${long}" style="${dots}"><div>${long}</div></div>`,
    /words cut by/,
  ],
  'words of three lines in a box of one': [
    `<p style="overflow: hidden; height: 22px; width: 200px">${long}</p>`,
    /of height/,
  ],
  'the only words of a button, shortened': [
    `<button style="padding: 0; width: 220px"><span style="display: block; ${dots}">${long}</span></button>`,
    /words cut by/,
  ],
  'lines clamped without the whole text anywhere': [
    `<p style="display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden; width: 200px">${long}</p>`,
    /of height/,
  ],
  'a button pushed out of a box that clips': [
    `<div style="overflow: hidden; width: 300px"><div style="display: flex; width: 600px"><p style="width: 500px">Jean</p><button>Ouvrir</button></div></div>`,
    /outside by/,
  ],
  'a button half out of a box that clips': [
    `<div style="overflow: clip; width: 300px"><button style="margin-left: 260px; width: 80px">Ouvrir</button></div>`,
    /cut by/,
  ],
  'a field wider than its card': [
    `<div style="overflow: hidden; width: 300px"><input aria-label="Nom" style="width: 420px"></div>`,
    /a control cut by/,
  ],
  'a button beyond the edge of the screen': [
    `<button style="position: absolute; left: 360px; width: 90px">Ouvrir</button>`,
    /leaves the screen|scrolls sideways/,
  ],
  'a button before the edge of the screen': [
    `<button style="position: absolute; left: -30px; width: 90px">Ouvrir</button>`,
    /on the left/,
  ],
  'a page that scrolls sideways': [
    `<div style="width: 500px; height: 8px; background: teal"></div>`,
    /the page scrolls sideways/,
  ],
  'a panel that scrolls down, and sideways by accident': [
    `<aside aria-label="Volet"><div style="overflow-y: auto; height: 60px; width: 300px"><p style="height: 200px; ${nowrap}">${long}</p></div></aside>`,
    /not meant to/,
  ],
  'a table that scrolls sideways, without a name nor a place for the keyboard': [
    `<div style="overflow-x: auto">${wide}</div>`,
    /not meant to/,
  ],
  'a part of the page that scrolls sideways as a whole': [
    `<main style="overflow-x: auto"><p style="${nowrap}">${long}</p></main>`,
    /not meant to/,
  ],
  'content before the beginning of a region that scrolls': [
    `<div role="region" aria-label="Mesures" tabindex="0" style="overflow-x: auto; width: 300px"><p style="position: relative; left: -80px; width: 60px">Glycémie</p></div>`,
    /before where its region begins/,
  ],
  'words that leave their button': [
    `<button style="width: 60px; height: 44px; padding: 0; ${nowrap}">Enregistrer la mesure</button>`,
    /leave their button/,
  ],
  'a picture cut by its frame': [
    `<div style="overflow: hidden; width: 200px; height: 50px"><svg role="img" aria-label="Courbe" width="500" height="50"></svg></div>`,
    /a picture cut by/,
  ],
  'a hint too long for its field': [
    `<input aria-label="Chercher" style="width: 120px" placeholder="Chercher un patient, une page ou un acte">`,
    /the hint of a field/,
  ],
  'a choice that is made, cut without an ellipsis': [
    `<input readonly aria-label="Appel" style="width: 120px" value="Appel à candidatures SIP 2026, vague de printemps">`,
    /the choice of a field/,
  ],
  'a fixed bar taller than the screen': [
    `<div style="position: fixed; bottom: -60px; left: 0"><button style="height: 44px">Signer</button></div>`,
    /stays in place/,
  ],
  'a box placed out of the one that holds it': [
    `<div style="position: relative; overflow: hidden; width: 300px; height: 60px"><button style="position: absolute; left: 280px; width: 70px">Fermer</button></div>`,
    /cut by/,
  ],
};

/** What is right as it is. */
const fine: Record<string, string> = {
  'a named region that scrolls sideways': `<div role="region" aria-label="Mesures" tabindex="0" style="overflow-x: auto">${wide}</div>`,
  'a strip of tabs that scrolls sideways': `<div role="tablist" style="overflow-x: auto; display: flex">${Array.from({ length: 8 }, (_, at) => `<button role="tab" style="flex: none; width: 90px">Onglet ${at}</button>`).join('')}</div>`,
  'a navigation that scrolls sideways': `<nav aria-label="Listes" style="overflow-x: auto; display: flex">${Array.from({ length: 8 }, (_, at) => `<a href="#${at}" style="flex: none; width: 90px">Liste ${at}</a>`).join('')}</nav>`,
  'words for screen readers': `<div style="overflow: hidden; width: 300px; position: relative"><span style="position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); ${nowrap}">${long}</span></div>`,
  'an ellipsis with the whole in its tip': `<p title="${long}" style="${dots}">${long}</p>`,
  'an ellipsis with the whole in its name': `<p role="note" aria-label="${long}" style="${dots}">${long}</p>`,
  'an ellipsis in a link that opens it': `<a href="#x" style="display: block; ${dots}">${long}</a>`,
  'an ellipsis in what unfolds': `<button aria-expanded="false" style="padding: 0; width: 220px"><span style="display: block; ${dots}">${long}</span></button>`,
  'an ellipsis in an entry that opens': `<ul><li><button style="padding: 0; width: 220px"><b>Anne Kermarrec</b> <span style="display: block; ${dots}">${long}</span></button></li></ul>`,
  'lines clamped in a row that opens': `<div role="row"><p style="display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden; width: 200px">${long}</p></div>`,
  'what an SVG clips inside': `<svg role="img" aria-label="Courbe" width="200" height="50"><text x="150" y="20">${long}</text></svg>`,
  'what is folded': `<details><summary>Plus</summary><p style="${nowrap}">${long}</p></details><div style="height: 0; overflow: hidden"><p>${long}</p></div>`,
  'the echo behind a field that scrolls': `<div style="position: relative"><textarea aria-label="Texte" style="width: 200px; height: 40px">${long}</textarea><div aria-hidden="true" style="position: absolute; inset: 0 auto auto 0; width: 200px; height: 40px; overflow: hidden; pointer-events: none">${long}</div></div>`,
  'a choice that is made, with its ellipsis': `<input readonly aria-label="Appel" style="width: 120px; text-overflow: ellipsis" value="Appel à candidatures SIP 2026, vague de printemps">`,
  'what one types, longer than its field': `<input aria-label="Note" style="width: 120px" value="Appel à candidatures SIP 2026, vague de printemps">`,
  'a list that scrolls down': `<div role="region" aria-label="Liste" style="overflow-y: auto; height: 60px">${`<p>${long}</p>`.repeat(4)}</div>`,
  'what is placed on the screen, not in the box around it': `<div style="overflow: hidden; width: 40px; height: 40px"><div style="position: fixed; bottom: 0; left: 0; width: 300px"><button>Signer</button></div></div>`,
  'a long word that wraps': `<p style="overflow-wrap: anywhere; width: 200px">${'a'.repeat(200)}</p>`,
};

const document = (html: string) =>
  `<!doctype html><html lang="fr"><style>body { margin: 0; font: 15px sans-serif }</style><body><div>${html}</div></body></html>`;

scenario(
  'WCAG what does not fit on a telephone is found, whatever clips it; what is cut on purpose is left alone',
  async (stage) => {
    const page = await stage.nobody({ viewport: telephone });
    const wrong: string[] = [];
    for (const [name, [html, says]] of Object.entries(faults)) {
      await page.setContent(document(html));
      const found = await misfits(page);
      if (!found.some((one) => says.test(one))) wrong.push(`not found: ${name} (${found.join(' | ') || 'nothing'})`);
    }
    for (const [name, html] of Object.entries(fine)) {
      await page.setContent(document(html));
      for (const one of await misfits(page)) wrong.push(`found in ${name}: ${one}`);
    }
    assert.deepEqual(wrong, []);
  },
);

scenario(
  'WCAG a line too wide for a telephone, planted in a real page whose parents clip it, is found',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/patients', { viewport: telephone });
    const title = page.getByRole('heading', { level: 1 });
    await title.waitFor();
    assert.deepEqual(await misfits(page), []);
    await title.evaluate((heading, text) => {
      const line = heading.ownerDocument.createElement('p');
      line.textContent = text;
      line.style.whiteSpace = 'nowrap';
      heading.after(line);
    }, long);
    assert.match((await misfits(page)).join('\n'), /words cut by.*Compte rendu/);
  },
);

scenario(
  'WCAG COO-6 where motion is reduced too, a field is as high as its words whatever the screen becomes',
  async (stage) => {
    const page = await stage.as('anne.kermarrec', '/patients/pat-jean-kerleau?volet=pps', { reducedMotion: 'reduce' });
    const fields = page.getByRole('complementary').last().locator('textarea');
    await fields.nth(2).waitFor();
    for (const width of [telephone.width, 1440, 500, telephone.width]) {
      await page.setViewportSize({ width, height: 844 });
      await page.waitForFunction(
        () =>
          [...globalThis.document.querySelectorAll('aside textarea')].every(
            (one) => one.scrollHeight <= one.clientHeight + 1,
          ),
        undefined,
        { timeout: 5_000 },
      );
    }
  },
);

for (const width of [375, 360, 320])
  scenario(
    `WCAG at ${width} px every place of the product is within reach, on the bar or behind «Plus»`,
    async (stage) => {
      for (const who of ['anne.kermarrec', 'aurore.miossec', 'maiwenn.kerdoncuff']) {
        const page = await stage.as(who, '/compte', { viewport: { width, height: 640 } });
        const bar = page.getByRole('navigation', { name: 'Navigation principale' });
        await bar
          .getByRole('link', { name: 'Ma journée' })
          .or(bar.getByRole('link', { name: 'Accueil' }))
          .waitFor();
        for (const place of await bar.locator('a:visible, button').all()) {
          const box = (await place.boundingBox())!;
          assert.ok(box.x >= 0 && box.x + box.width <= width, `${who}: ${await place.textContent()}`);
        }
        await bar.getByRole('button').click();
        await page.getByRole('menuitem').nth(1).waitFor();
      }
    },
  );
