import { element, webLink } from './elements';

export interface IPassage {
  evidence: string;
  stance: string;
  field: string;
  source: string;
  publisher: string;
  issued: string;
  start: string;
  end: string;
  state: string;
  verdict: string;
  capture: string;
  url: string;
}

/** What there is to say of a mark, as the server gives it. */
export interface ICard {
  state: 'holds' | 'fails' | 'open';
  table?: string;
  title?: string;
  who?: string;
  when?: string;
  says?: string;
  url?: string;
  captures?: string[];
  passages?: IPassage[];
  origins?: string;
  wrong?: string;
  remedy?: string;
  nearest?: string[];
}

export interface INumberCard {
  state: 'holds' | 'fails';
  name: string;
  value?: string;
  unit?: string;
  base?: string;
  wrong?: string;
  remedy?: string;
}

const STATES = { holds: 'Holds', fails: 'Does not hold', open: 'Open' };
const STANCES: Record<string, string> = {
  supports: 'Says so',
  states: 'Gives',
  disputes: 'Disputes it',
  context: 'Background'
};

/** The one card that opens at a mark: at the mouse over it, at its focus, and at a press. */
export class Card {
  readonly node = element('div', {
    class: 'casebook-card',
    role: 'dialog',
    'aria-label': 'The note',
    tabindex: -1,
    hidden: true
  });
  private at: HTMLElement | null = null;
  private pinned = false;
  private leaving = false;
  private waiting = 0;

  constructor(
    private readonly open: (capture: string, evidence: string, path: string) => void,
    private readonly mend: (mark: HTMLElement, wrong: string, right: string) => void
  ) {
    document.body.append(this.node);
    this.node.addEventListener('mouseleave', () => this.leave());
    this.node.addEventListener('mouseenter', () =>
      window.clearTimeout(this.waiting)
    );
    window.addEventListener(
      'keydown',
      event => {
        if (event.key === 'Escape' && !this.node.hidden) {
          this.hide();
          event.stopImmediatePropagation();
        }
      },
      true
    );
    document.addEventListener('pointerdown', event => {
      const where = event.target as Node;
      if (!this.node.contains(where) && !this.at?.contains(where)) {
        this.hide();
      }
    });
  }

  /** Show what the card of a fact or source says, at its mark. */
  behind(mark: HTMLElement, id: string, card: ICard, path: string): void {
    this.listen(mark, () => this.content(mark, id, card, path));
  }

  /** Show value, unit and base of a recorded number, at the number. */
  behindNumber(mark: HTMLElement, card: INumberCard): void {
    const told =
      card.value === undefined
        ? card.wrong
        : `${card.value} ${card.unit}, of ${card.base}`;
    mark.setAttribute('aria-label', `${mark.textContent}: ${told}`);
    mark.setAttribute('role', 'note');
    this.listen(mark, () => [
      element('h2', {}, card.name),
      card.value !== undefined && element('p', {}, `${card.value} ${card.unit}`),
      card.base && element('p', { class: 'casebook-quiet' }, `of ${card.base}`),
      this.wrong(card)
    ]);
  }

  hide(): void {
    const back = this.node.contains(document.activeElement) ? this.at : null;
    this.node.hidden = true;
    this.pinned = false;
    this.at = null;
    this.leaving = true; // the mark that gets the focus back stays shut
    back?.focus();
    this.leaving = false;
  }

  private listen(mark: HTMLElement, content: () => unknown[]): void {
    const show = () => this.show(mark, content());
    mark.onmouseenter = () => {
      window.clearTimeout(this.waiting);
      if (!this.pinned) {
        this.waiting = window.setTimeout(show, 150);
      }
    };
    mark.onmouseleave = () => this.leave();
    mark.onfocus = () => this.leaving || show();
    mark.onblur = () => this.leave();
    mark.onclick = event => {
      event.stopPropagation();
      show();
      this.pinned = true;
      (this.node.querySelector<HTMLElement>('a, button') ?? this.node).focus();
    };
    const read = this.node.contains(document.activeElement);
    if (this.at === mark && !this.node.hidden && !read) {
      show();
    }
  }

  private show(mark: HTMLElement, content: unknown[]): void {
    this.at = mark;
    this.node.replaceChildren(
      ...content.filter((part): part is HTMLElement => part instanceof Node)
    );
    this.node.hidden = false;
    const place = mark.getBoundingClientRect();
    const own = this.node.getBoundingClientRect();
    const below = place.bottom + 6;
    const above = place.top - own.height - 6;
    const top = below + own.height < innerHeight || above < 0 ? below : above;
    const left = Math.min(place.left, innerWidth - own.width - 12);
    this.node.style.top = `${Math.max(8, Math.min(top, innerHeight - own.height - 8))}px`;
    this.node.style.left = `${Math.max(8, left)}px`;
  }

  private leave(): void {
    window.clearTimeout(this.waiting);
    if (!this.pinned) {
      this.waiting = window.setTimeout(() => {
        if (!this.pinned && !this.node.contains(document.activeElement)) {
          this.hide();
        }
      }, 250);
    }
  }

  private content(
    mark: HTMLElement,
    id: string,
    card: ICard,
    path: string
  ): unknown[] {
    const passages = card.passages ?? [];
    return [
      element('h2', {}, card.title ?? id),
      element(
        'p',
        { class: 'casebook-quiet' },
        [card.who, card.when].filter(Boolean).join(' · ')
      ),
      this.wrong(card),
      card.nearest?.length &&
        element(
          'p',
          {},
          'Did you mean ',
          ...card.nearest.flatMap((near, at) => [
            at > 0 && ', ',
            element(
              'button',
              { type: 'button', onclick: () => this.mend(mark, id, near) },
              near
            )
          ]),
          '?'
        ),
      element('p', {}, card.says ?? ''),
      passages.length > 0 &&
        element('ul', {}, ...passages.map(each => this.passage(each, path))),
      card.origins &&
        element('p', { class: 'casebook-quiet' }, card.origins),
      card.table === 'sources' && this.source(card, path),
      element('code', {}, id)
    ];
  }

  private passage(each: IPassage, path: string): HTMLElement {
    const what = STANCES[each.stance] ?? each.stance;
    const ends = each.end ? `“${each.start} … ${each.end}”` : `“${each.start}”`;
    return element(
      'li',
      { 'data-state': each.start ? each.state : 'open' },
      `${what}${each.field ? ` (${each.field})` : ''}: `,
      webLink(each.url, `${each.publisher}, ${each.issued}`),
      each.start && element('span', {}, ` ${ends} `),
      each.verdict && element('em', {}, each.verdict),
      each.capture &&
        this.opener(each.capture, each.evidence, path, 'open the capture')
    );
  }

  private source(card: ICard, path: string): HTMLElement {
    const newest = card.captures?.[0];
    return element(
      'p',
      {},
      webLink(card.url ?? '', card.url ? 'the page' : ''),
      ' ',
      newest && this.opener(newest, '', path, 'open the capture')
    );
  }

  private opener(
    capture: string,
    evidence: string,
    path: string,
    words: string
  ): HTMLElement {
    return element(
      'button',
      {
        type: 'button',
        onclick: () => {
          this.hide();
          this.open(capture, evidence, path);
        }
      },
      words
    );
  }

  private wrong(card: {
    state: keyof typeof STATES;
    wrong?: string;
    remedy?: string;
  }): HTMLElement {
    return element(
      'p',
      { class: 'casebook-state', 'data-state': card.state },
      element('strong', {}, STATES[card.state]),
      card.wrong ? `: ${card.wrong}` : '',
      card.remedy ? ` To do: ${card.remedy}.` : ''
    );
  }
}
