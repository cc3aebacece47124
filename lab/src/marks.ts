import { IRenderMimeRegistry, RenderedMarkdown } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { Message } from '@lumino/messaging';

import { Card, ICard, INumberCard } from './card';
import { Editing, records } from './editing';
import { element } from './elements';
import { ask } from './server';

const CITED = /\[(@[a-z0-9][a-z0-9._-]*(?:\s*;\s*@[a-z0-9][a-z0-9._-]*)*)\]/g;
const CODE = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`/g;
const PLAIN = 'code, pre, a, .casebook-note, .MathJax, mjx-container';

interface IAnswer {
  cards: Record<string, ICard>;
  numbers: INumberCard[];
}

/** Rendered Markdown in which marks are notes: numbers behind the words, each with a card. */
class MarkedMarkdown extends RenderedMarkdown {
  constructor(
    options: IRenderMime.IRendererOptions,
    private readonly marks: Marks
  ) {
    super(options);
  }

  async render(model: IRenderMime.IMimeModel): Promise<void> {
    await super.render(model);
    await this.marks.draw(this.node);
  }

  onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    void this.marks.draw(this.node);
  }
}

/** Shows the marks of every rendered Markdown text, and keeps them as the case is. */
export class Marks {
  private readonly unknown = new Set<string>();

  constructor(
    registry: IRenderMimeRegistry,
    private readonly editing: Editing,
    private readonly card: Card
  ) {
    registry.addFactory(
      {
        safe: true,
        mimeTypes: ['text/markdown'],
        createRenderer: options => new MarkedMarkdown(options, this)
      },
      50
    );
  }

  /** Draw the marks of a rendered text; what has been drawn before is brought up to date. */
  async draw(node: HTMLElement): Promise<void> {
    if (!node.isConnected) {
      return;
    }
    const numbers = numberMarks(node);
    const notes = noteMarks(node);
    if (!numbers.length && !notes.length) {
      return;
    }
    const panel = this.editing.notebookAround(node);
    const path = this.editing.pathAround(node);
    let answer: IAnswer;
    try {
      answer = await ask<IAnswer>('cards', {}, {
        path,
        ids: [...new Set(notes.map(note => note.dataset.id ?? ''))],
        numbers: numbers.map(each => ({
          name: each.dataset.name,
          printed: each.textContent
        })),
        records: panel ? records(panel) : []
      });
    } catch {
      return; // outside of a case, the text stays as JupyterLab shows it
    }
    for (const note of notes) {
      const card = answer.cards[note.dataset.id ?? ''];
      note.dataset.state = card.state;
      if (card.nearest) {
        this.unknown.add(note.dataset.id ?? '');
      } else {
        this.unknown.delete(note.dataset.id ?? '');
      }
      this.card.behind(note, note.dataset.id ?? '', card, path);
    }
    numbers.forEach((each, at) => {
      each.dataset.state = answer.numbers[at].state;
      this.card.behindNumber(each, answer.numbers[at]);
    });
    if (panel) {
      this.renumber(panel);
    } else {
      this.label(node, 0);
    }
  }

  /**
   * Number the notes of a notebook as the report does, by the order in which they stand: counted from its cells, since
   * those out of sight are not drawn. A mark that names nothing gets no note.
   */
  private renumber(panel: NotebookPanel): void {
    let count = 0;
    for (const cell of panel.content.widgets) {
      if (cell.model.type === 'markdown') {
        this.label(cell.node, count);
        const source = cell.model.sharedModel.getSource().replace(CODE, '');
        const ids = [...source.matchAll(CITED)].flatMap(match => idsOf(match[1]));
        count += ids.filter(id => !this.unknown.has(id)).length;
      }
    }
  }

  private label(node: HTMLElement, count: number): void {
    for (const note of node.querySelectorAll<HTMLElement>('.casebook-note')) {
      const id = note.dataset.id ?? '';
      const lost = this.unknown.has(id);
      note.toggleAttribute('data-lost', lost);
      note.textContent = lost ? `@${id}` : String(++count);
      const said = note.dataset.state === 'fails' ? ', does not hold' : '';
      note.setAttribute(
        'aria-label',
        lost ? `${id} names nothing` : `Note ${count}: ${id}${said}`
      );
    }
  }

  /** Draw anew whatever is shown: the tables have changed. */
  refresh(): void {
    document
      .querySelectorAll<HTMLElement>('.jp-RenderedMarkdown')
      .forEach(node => void this.draw(node));
  }
}

/** The recorded numbers that a rendered text prints: links that lead to `#=name`. */
function numberMarks(node: HTMLElement): HTMLElement[] {
  for (const link of node.querySelectorAll('a[href*="#="]')) {
    const name = decodeURIComponent(
      (link.getAttribute('href') ?? '').split('#=')[1]
    );
    link.replaceWith(
      element(
        'span',
        { class: 'casebook-number', tabindex: 0, 'data-name': name },
        link.textContent
      )
    );
  }
  return [...node.querySelectorAll<HTMLElement>('.casebook-number')];
}

/** The notes of a rendered text: what stood there as `[@id]`, made a button the first time. */
function noteMarks(node: HTMLElement): HTMLElement[] {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let at = walker.nextNode(); at; at = walker.nextNode()) {
    if (
      at.nodeValue?.includes('[@') &&
      !at.parentElement?.closest(PLAIN)
    ) {
      texts.push(at as Text);
    }
  }
  for (const text of texts) {
    const parts: (string | HTMLElement)[] = [];
    let from = 0;
    const words = text.data;
    for (const match of words.matchAll(CITED)) {
      parts.push(words.slice(from, match.index).trimEnd());
      from = match.index + match[0].length;
      for (const id of idsOf(match[1])) {
        parts.push(
          element('button', {
            class: 'casebook-note',
            type: 'button',
            'data-id': id
          })
        );
      }
    }
    if (from) {
      parts.push(words.slice(from));
      text.replaceWith(...parts);
    }
  }
  return [...node.querySelectorAll<HTMLElement>('.casebook-note')];
}

function idsOf(cited: string): string[] {
  return cited.split(';').map(part => part.trim().slice(1));
}
