import { LabIcon } from '@jupyterlab/ui-components';

/** A folder with a mark of quotation on it. */
export const caseIcon = new LabIcon({
  name: 'casebook:case',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16">' +
    '<g class="jp-icon3" fill="#616161"><path d="M10 4 12 6h8a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6' +
    'a2 2 0 0 1 2-2h6zm-6 4v10h16V8H4z"/><path d="M8 11h3v3l-1.5 2H8l1-2H8zm5 0h3v3l-1.5 2H13l1-2h-1z"/></g></svg>'
});
