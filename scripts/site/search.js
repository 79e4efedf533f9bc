// Search of the site: every word that was typed stands in the section; headings count more than text.
const root = document.currentScript?.dataset['root'] ?? '.';
const [box, list] = [document.getElementById('search'), document.getElementById('found')];

function score([heading, , text], words) {
  let sum = 0;
  for (const word of words) {
    const inHeading = heading.toLowerCase().indexOf(word);
    const inText = text.toLowerCase().includes(word);
    if (inHeading < 0 && !inText) return 0;
    sum += inHeading === 0 ? 10 : inHeading > 0 ? 5 : 1;
  }
  return sum - heading.length / 1000;
}

box?.addEventListener('input', () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = globalThis.sections.map((section) => [score(section, words), section]).filter(([points]) => points > 0);
  found.sort(([a], [b]) => b - a);
  list.replaceChildren(
    ...found.slice(0, 12).map(([, [heading, url]]) => {
      const [item, link, page] = [document.createElement('li'), document.createElement('a'), document.createElement('small')];
      link.href = `${root}/${url}`;
      link.textContent = heading;
      page.textContent = url.split('#')[0].replace('.html', '');
      item.append(link, page);
      return item;
    }),
  );
});
