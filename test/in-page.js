// What test/html-browser.test.ts asks of a page, run within the page.

/** What reaches beyond the page, but for what a table of its own scrolls within. */
function overhanging() {
  const width = document.documentElement.clientWidth;
  const found = [...document.querySelectorAll('body *')].filter((one) => {
    const inside = one.parentElement?.closest('.scroll') ?? null;
    if (inside !== null && getComputedStyle(inside).overflowX === 'auto') return false;
    return one.getBoundingClientRect().right > width + 1;
  });
  const { scrollWidth } = document.documentElement;
  const page = scrollWidth > width ? [`page: ${scrollWidth}`] : [];
  return [...page, ...found.slice(0, 5).map((one) => one.outerHTML.slice(0, 200))];
}

/** Words of a drawing that lie upon each other, and figures that reach beyond their tile. */
function crowded() {
  const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
  const crossing = [...document.querySelectorAll('svg')].filter(shown).flatMap((svg) => {
    const texts = [...svg.querySelectorAll('text')].filter(shown);
    return texts.flatMap((one, i) =>
      texts
        .slice(i + 1)
        .filter((other) => meet(one.getBoundingClientRect(), other.getBoundingClientRect()))
        .map((other) => `${svg.getAttribute('class')}: ${one.textContent} / ${other.textContent}`),
    );
  });
  const wide = [...document.querySelectorAll('.tiles p')]
    .filter((one) => shown(one) && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML);
  return [...crossing, ...wide].slice(0, 8);
}

/** Whether two boxes share more than their lines' leading. */
function meet(a, b) {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 1 && down > Math.min(a.height, b.height) * 0.4;
}

/** The rules of axe that are broken, with the first place of each. */
async function axeFindings() {
  const { violations } = await globalThis.axe.run({ resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 300)}`);
}

/** Where the keyboard is; null: nowhere. */
function focused() {
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  const seen = one instanceof HTMLInputElement ? (one.nextElementSibling ?? one) : one;
  const name = one.id || one.getAttribute('href') || one.getAttribute('aria-labelledby') || one.tagName;
  const top = Math.round(seen.getBoundingClientRect().top + scrollY);
  return { name, top, outlined: getComputedStyle(seen).outlineStyle !== 'none' };
}

/** A picture without a name, and text too pale to read. */
function spoil() {
  document.querySelector('figure svg').removeAttribute('aria-labelledby');
  document.querySelector('figure svg title').remove();
  document.querySelector('.lede').style.color = '#bbbbbb';
}

function tableHeadDisplays() {
  return [...document.querySelectorAll('thead')].map((one) => getComputedStyle(one).display);
}

Object.assign(globalThis, { overhanging, crowded, axeFindings, focused, spoil, tableHeadDisplays });
