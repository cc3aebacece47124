import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IEditorExtensionRegistry } from '@jupyterlab/codemirror';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import { Card } from './card';
import { addCompletion } from './completion';
import { Editing } from './editing';
import { Marks } from './marks';

const marks: JupyterFrontEndPlugin<void> = {
  id: 'casebook:marks',
  description: 'Marks are completed while one writes, and shown as notes.',
  autoStart: true,
  requires: [
    IDocumentManager,
    INotebookTracker,
    IEditorExtensionRegistry,
    IRenderMimeRegistry
  ],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    editors: IEditorExtensionRegistry,
    renderers: IRenderMimeRegistry
  ) => {
    const editing = new Editing(app, documents, notebooks);
    addCompletion(editors, editing);
    const card = new Card(
      () => undefined,
      () => undefined
    );
    new Marks(renderers, editing, card);
  }
};

export default [marks];
