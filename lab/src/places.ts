import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { MarkdownCell } from '@jupyterlab/cells';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDocumentWidget } from '@jupyterlab/docregistry';
import { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';

/** A place in a file: a row of a table (the header is 1), or a cell of a notebook, counted from 1. */
export interface IPlace {
  path: string;
  row?: number;
  cell?: number;
}

/** Opens a file at a place in it. */
export async function open(
  documents: IDocumentManager,
  place: IPlace
): Promise<void> {
  const widget = documents.openOrReveal(place.path);
  if (!widget) {
    return;
  }
  await widget.context.ready;
  if (widget instanceof NotebookPanel && place.cell) {
    await widget.revealed;
    const at = Math.min(place.cell, widget.content.widgets.length) - 1;
    widget.content.activeCellIndex = at;
    const cell = widget.content.widgets[at];
    await widget.content.scrollToCell(cell, 'center');
    cell.node.focus();
  } else if (place.row) {
    widget.setFragment(`#row=${place.row - 1}`);
  }
}

/** Puts text into the Markdown that is being written, at the cursor; says so where none is. */
export function insert(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  text: string
): boolean {
  const found = markdownEditor(app, notebooks);
  if (!found) {
    Notification.warning(
      'Select a Markdown cell, or open a Markdown file; the mark goes to its cursor.',
      { autoClose: 5000 }
    );
    return false;
  }
  found.replaceSelection?.(text);
  found.focus();
  return true;
}

function markdownEditor(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker
): CodeEditor.IEditor | null {
  const shown = app.shell.currentWidget;
  const panel = notebooks.currentWidget;
  if (panel && panel === shown) {
    const cell = panel.content.activeCell;
    if (!(cell instanceof MarkdownCell)) {
      return null;
    }
    if (cell.rendered) {
      cell.rendered = false;
      const editor = cell.editor;
      const last = (editor?.lineCount ?? 1) - 1;
      editor?.setCursorPosition({
        line: last,
        column: editor.getLine(last)?.length ?? 0
      });
    }
    panel.content.mode = 'edit';
    return cell.editor;
  }
  const content = (shown as IDocumentWidget | null)?.content as
    | { editor?: CodeEditor.IEditor }
    | undefined;
  const editor = content?.editor;
  return editor && /markdown|ipythongfm/.test(editor.model.mimeType)
    ? editor
    : null;
}
