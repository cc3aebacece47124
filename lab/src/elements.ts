type Child = Node | string | null | undefined | false;

/**
 * An element with attributes, listeners (`onclick`) and children. Whatever is a string becomes text, never markup:
 * titles and words come from pages that nobody vetted.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, unknown> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name.slice(2), value as EventListener);
    } else if (value !== undefined && value !== null && value !== false) {
      made.setAttribute(name, value === true ? '' : String(value));
    }
  }
  made.append(
    ...children.filter((child): child is Node | string => !!child)
  );
  return made;
}

/** A link to a page on the web, opened apart; mere words where the address is any other. */
export function webLink(address: string, words: string): HTMLElement {
  return /^https?:\/\//i.test(address)
    ? element(
        'a',
        { href: address, target: '_blank', rel: 'noopener noreferrer' },
        words
      )
    : element('span', {}, words);
}
