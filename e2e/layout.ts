/** What a person in front of this screen cannot see whole nor reach: words that are cut, controls and content outside of what can be scrolled to. */
import type { Page } from './harness.ts';

/** The faults of the page as it stands, each with its words; none for what is cut on purpose and can be reached otherwise. */
export const misfits = (page: Page, most = 12): Promise<string[]> => page.evaluate(look, most);

/** Runs in the page: everything it needs is inside. */
function look(most: number): string[] {
  const control =
    'button, a[href], input, select, textarea, [role="button"], [role="tab"], [role="option"], [role="checkbox"], [role="radio"], [role="switch"], [role="menuitem"]';
  const picture = 'img, canvas, video, iframe, svg[role="img"]';
  /** A part of the page rather than a table, a strip of tabs or a drawing: it never scrolls sideways on purpose. */
  const part = 'main, aside, form, dialog, [role="main"], [role="complementary"], [role="dialog"], [role="form"]';
  const root = document.documentElement;
  const found = new Map<Element, string>();

  interface Box {
    left: number;
    right: number;
    top: number;
    bottom: number;
  }
  const styles = new Map<Element, CSSStyleDeclaration>();
  const style = (element: Element): CSSStyleDeclaration => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  const words = (element: Element): string => {
    const said = (
      element.textContent?.trim() ||
      element.getAttribute('aria-label') ||
      element.getAttribute('placeholder') ||
      ''
    )
      .replace(/\s+/g, ' ')
      .slice(0, 60);
    return `<${element.tagName.toLowerCase()}${element.getAttribute('class') ? ` ${element.getAttribute('class')}` : ''}> «${said}»`;
  };
  const say = (element: Element, fault: string) => {
    for (let up: Element | null = element; up; up = up.parentElement) if (found.has(up)) return;
    found.set(element, `${fault}: ${words(element)}`);
  };

  /** Said to screen readers alone: one pixel, or clipped to nothing. */
  const spoken = (element: Element): boolean => {
    for (let up: Element | null = element; up && up !== document.body; up = up.parentElement) {
      const { clipPath, overflowX, opacity } = style(up);
      const box = up.getBoundingClientRect();
      if (
        clipPath === 'inset(50%)' ||
        opacity === '0' ||
        ((box.width <= 1 || box.height <= 1) && overflowX !== 'visible' && style(up).display !== 'inline')
      )
        return true;
    }
    return false;
  };
  /** Laid behind a field to colour what is typed there: the field scrolls, and this with it. */
  const echo = (element: Element): boolean => {
    const shown = element.closest('[aria-hidden="true"]');
    return (
      shown !== null && style(shown).pointerEvents === 'none' && shown.parentElement?.querySelector('textarea') != null
    );
  };
  const seen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !spoken(element);

  const holdsFixed = ({
    transform,
    filter,
    backdropFilter,
    contain,
    willChange,
    containerType,
  }: CSSStyleDeclaration): boolean =>
    transform !== 'none' ||
    filter !== 'none' ||
    (backdropFilter ?? 'none') !== 'none' ||
    /paint|layout|strict|content/.test(contain) ||
    /transform|filter/.test(willChange) ||
    (containerType ?? 'normal') !== 'normal';
  /** The boxes that may clip this one: those around it, but for a positioned one only from the box it is placed in. */
  const around = (element: Element): Element | null => {
    const { position } = style(element);
    let up = element.parentElement;
    if (position === 'fixed') while (up && !holdsFixed(style(up))) up = up.parentElement;
    else if (position === 'absolute')
      while (up && style(up).position === 'static' && !holdsFixed(style(up))) up = up.parentElement;
    return up;
  };
  const inside = (element: Element): Box => {
    const box = element.getBoundingClientRect();
    const left = box.left + element.clientLeft;
    const top = box.top + element.clientTop;
    return {
      left,
      top,
      right: left + (element.clientWidth || box.width),
      bottom: top + (element.clientHeight || box.height),
    };
  };
  const sidewaysOnPurpose = (element: Element): boolean => {
    if (element.matches(part)) return false;
    const named =
      element.hasAttribute('aria-label') ||
      element.hasAttribute('aria-labelledby') ||
      (element instanceof HTMLElement && element.tabIndex >= 0);
    if (named) return true;
    const bothWays = element.scrollHeight > element.clientHeight + 1 && style(element).overflowY !== 'hidden';
    return !bothWays && [...element.querySelectorAll<HTMLElement>('*')].some(({ tabIndex }) => tabIndex >= 0);
  };
  /** The ellipsis is drawn, and the whole is in a tip, a name, or behind what holds it and opens: a link, a row, a disclosure, an entry of several words. */
  const shortened = (clip: Element, holder: Element, vertical: boolean): boolean => {
    const { textOverflow, webkitLineClamp } = style(clip);
    const clamped = webkitLineClamp !== 'none' && webkitLineClamp !== '';
    if (vertical ? !clamped : textOverflow !== 'ellipsis') return false;
    let block: Element = holder;
    while (block !== clip && block.parentElement && /^(inline|contents)/.test(style(block).display))
      block = block.parentElement;
    if (!clamped && block !== clip) return false;
    const told = (clip.textContent ?? '').replace(/\s+/g, ' ').trim();
    for (let up: Element | null = clip; up && up !== document.body; up = up.parentElement) {
      const whole = `${up.getAttribute('title') ?? ''} ${up.getAttribute('aria-label') ?? ''}`.replace(/\s+/g, ' ');
      if (whole.includes(told) || (up === clip && whole.trim().length >= told.length)) return true;
      if (
        up.matches(
          'a[href], tr[tabindex], tr[data-open], [role="option"], [role="row"], [aria-expanded], [aria-haspopup], summary',
        )
      )
        return true;
      if (up !== clip && up.matches('button, [role="button"]'))
        return (up.textContent ?? '').trim().length > told.length + 1;
    }
    return [...clip.querySelectorAll('[title]')].some((one) => (one.getAttribute('title') ?? '').includes(told));
  };

  const slack = 1.5;
  /** Follows a box up to the screen; says where it is cut. `deep`: how much of its height may be missing, letters being smaller than their line. */
  const follow = (element: Element, given: Box, own: Element | null, deep: number): string | undefined => {
    let box = given;
    let fixed = false;
    for (let up = own; up && up !== document.body && up !== root; up = around(up)) {
      const { overflowX, overflowY, position } = style(up);
      if (position === 'fixed') fixed = true;
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const clip = inside(up);
      if (overflowX === 'auto' || overflowX === 'scroll') {
        const reach = { left: clip.left - up.scrollLeft, right: clip.left - up.scrollLeft + up.scrollWidth };
        if (box.left < reach.left - slack)
          return `outside, ${Math.round(reach.left - box.left)} px before where its region begins`;
        if ((box.left < clip.left - slack || box.right > clip.right + slack) && !sidewaysOnPurpose(up))
          return `only by scrolling sideways a region that is not meant to (${words(up)})`;
        if (box.left < clip.left - slack || box.right > clip.right + slack)
          box = { ...box, left: clip.left, right: clip.right };
      } else if (overflowX !== 'visible') {
        const over = Math.max(clip.left - box.left, box.right - clip.right);
        if (over > slack)
          return shortened(up, element, false)
            ? undefined
            : `${over >= box.right - box.left ? 'outside' : 'cut'} by ${Math.round(over)} px`;
      }
      if (overflowY === 'auto' || overflowY === 'scroll') {
        if (box.top < clip.top - up.scrollTop - deep) return 'outside, above where its region begins';
        if (box.top < clip.top || box.bottom > clip.bottom) box = { ...box, top: clip.top, bottom: clip.bottom };
      } else if (overflowY !== 'visible') {
        const over = Math.max(clip.top - box.top, box.bottom - clip.bottom);
        if (over > deep) return shortened(up, element, true) ? undefined : `cut by ${Math.round(over)} px of height`;
      }
    }
    if (box.right > root.clientWidth + slack)
      return `leaves the screen by ${Math.round(box.right - root.clientWidth)} px`;
    if (box.left < -slack) return `leaves the screen by ${Math.round(-box.left)} px on the left`;
    if (box.top + (fixed ? 0 : scrollY) < -deep) return 'above the screen';
    if (fixed && box.bottom > innerHeight + deep) return 'below the screen, in a part that stays in place';
    return undefined;
  };

  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const holder = text.parentElement;
    if (!holder || !text.nodeValue?.trim() || holder.closest('svg, script, style, noscript, option, .skip')) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width === 0 || !seen(holder) || echo(holder)) continue;
    const line = range.getClientRects()[0]?.height ?? box.height;
    const fault = follow(holder, box, holder, line * 0.35);
    if (fault) say(holder, `words ${fault}`);
    const button = holder.closest('button, [role="button"], [role="tab"], a[class*="Button-root"]');
    const frame = button?.getBoundingClientRect();
    if (
      button &&
      frame &&
      frame.width > 0 &&
      !fault &&
      (box.right > frame.right + slack || box.left < frame.left - slack) &&
      follow(holder, box, holder, line) === undefined &&
      !hidden(holder, button)
    )
      say(
        holder,
        `words leave their button by ${Math.round(Math.max(box.right - frame.right, frame.left - box.left))} px`,
      );
  }
  for (const element of document.querySelectorAll(`${control}, ${picture}`)) {
    if (element.closest('.skip') || (element.parentElement?.closest('svg') ?? null)) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || !seen(element)) continue;
    const fault = follow(element, box, around(element), 4);
    if (fault) say(element, `${element.matches(picture) ? 'a picture' : 'a control'} ${fault}`);
  }
  // A hint has no other place; a choice that is made is whole in its list, and must only show that it goes on. What one types scrolls with the caret.
  for (const field of document.querySelectorAll<HTMLInputElement>('input[placeholder], input[readonly]')) {
    if ((field.value && !field.readOnly) || !field.clientWidth || !seen(field)) continue;
    const { font, paddingLeft, paddingRight, textOverflow } = style(field);
    const pen = document.createElement('canvas').getContext('2d');
    if (!pen) continue;
    pen.font = font;
    const over =
      pen.measureText(field.value || field.placeholder).width -
      (field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight));
    if (over > slack && !(textOverflow === 'ellipsis' && (field.value || field.title)))
      say(field, `the ${field.value ? 'choice' : 'hint'} of a field is cut by ${Math.round(over)} px`);
  }
  // What has neither words nor control: a box wider than the screen, that nothing holds.
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect();
    if (
      box.width <= 1 ||
      box.left < 0 ||
      box.right <= root.clientWidth + slack ||
      element.closest('svg, .skip') ||
      !seen(element)
    )
      continue;
    let up = around(element);
    while (up && up !== document.body && up !== root && style(up).overflowX === 'visible') up = around(up);
    if (!up || up === document.body || up === root) say(element, `sticks out to ${Math.round(box.right)}`);
  }
  const sideways =
    root.scrollWidth > root.clientWidth ? [`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`] : [];
  return [...sideways, ...found.values()].slice(0, most);

  /** Between these words and their button, something shortens them on purpose. */
  function hidden(from: Element, to: Element): boolean {
    for (let up: Element | null = from; up && up !== to; up = up.parentElement)
      if (style(up).overflowX !== 'visible') return true;
    return false;
  }
}
