import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import {
  INotebookTracker,
  NotebookPanel
} from '@jupyterlab/notebook';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';

import type { INumber } from './completion';
import { ask } from './server';

/** The media type under which a notebook keeps a number that it recorded. */
const RECORD = 'application/vnd.casebook.record+json';

/** The document that is being written, and what it says beyond what is saved. */
export class Editing {
  constructor(
    private readonly app: JupyterFrontEnd,
    private readonly documents: IDocumentManager,
    private readonly notebooks: INotebookTracker
  ) {}

  /** The path of the document in the main area; blank where there is none. */
  get path(): string {
    const shown = this.app.shell.currentWidget;
    return (
      (shown && this.documents.contextForWidget(shown)?.localPath) ||
      this.notebooks.currentWidget?.context.localPath ||
      ''
    );
  }

  /** The notebook around an element; none around that of another document. */
  notebookAround(node: Node): NotebookPanel | null {
    return this.notebooks.find(panel => panel.node.contains(node)) ?? null;
  }

  /** The path of the document around an element. */
  pathAround(node: Node): string {
    let found: Widget | null = null;
    for (const widget of this.app.shell.widgets('main')) {
      found = widget.node.contains(node) ? widget : found;
    }
    return (
      (found && this.documents.contextForWidget(found)?.localPath) || this.path
    );
  }

  /** Writes another id into the mark that a note was drawn from; the text is drawn anew. */
  replace(mark: HTMLElement, wrong: string, right: string): void {
    const panel = this.notebookAround(mark);
    const cell = panel?.content.widgets.find(each => each.node.contains(mark));
    const text = cell?.model.sharedModel;
    text?.setSource(text.getSource().replaceAll(`@${wrong}`, `@${right}`));
  }

  /** The recorded numbers of the notebook as it is now, or what the server has of any other document. */
  async numbers(): Promise<INumber[]> {
    const panel = this.notebooks.currentWidget;
    if (panel && panel.context.localPath === this.path) {
      return records(panel).map(record => ({
        name: String(record.name),
        value: Number(record.value).toLocaleString('en', {
          maximumSignificantDigits: 12
        }),
        unit: String(record.unit),
        base: String(record.base)
      }));
    }
    const found = await ask<{ numbers: INumber[] }>('numbers', {
      path: this.path
    });
    return found.numbers;
  }
}

/** What the cells of an open notebook recorded when they last ran. */
export function records(panel: NotebookPanel): ReadonlyJSONObject[] {
  const found: ReadonlyJSONObject[] = [];
  for (const cell of panel.model?.cells ?? []) {
    if (cell.type !== 'code') {
      continue;
    }
    const outputs = (cell.toJSON().outputs ?? []) as ReadonlyJSONObject[];
    for (const output of outputs) {
      const data = output.data as ReadonlyJSONObject | undefined;
      const record = data?.[RECORD];
      if (record) {
        found.push(record as ReadonlyJSONObject);
      }
    }
  }
  return found;
}
