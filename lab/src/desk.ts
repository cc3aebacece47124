import type { JupyterFrontEnd } from '@jupyterlab/application';
import { ISignal, Signal } from '@lumino/signaling';

import { ask } from './server';

/** Where the case stands, as the server gives it. */
export interface ICaseState {
  title: string;
  holds: boolean | null;
  lines: string[];
  tasks: string[];
  tables: Record<string, number>;
  to_read: number;
  problem: string;
  state: string;
  root: string;
  start: string;
}

export interface IFinding {
  place: string;
  record: string;
  found: string;
  remedy: string;
  path: string;
  row?: number;
  cell?: number;
}

export interface IFindings {
  running: boolean;
  stale: boolean;
  problem: string;
  counts: { error: number; warning: number; notice: number } | null;
  groups: {
    rule: string;
    severity: string;
    reason: string;
    remedy: string;
    count: number;
    findings: IFinding[];
  }[];
}

/** Milliseconds between two looks at the case while nothing is done, and while the gate runs. */
const IDLE = 20000;
const WAITING = 1000;

/** The case around what is open: how it stands and what the gate found, kept up to date. */
export class Desk {
  state: ICaseState | null = null;
  findings: IFindings | null = null;
  /** Why there is nothing to show. */
  refused = '';
  private readonly _changed = new Signal<this, void>(this);
  private readonly _edited = new Signal<this, void>(this);
  private timer = 0;
  private soon = 0;

  constructor(app: JupyterFrontEnd, private readonly where: () => string) {
    app.serviceManager.contents.fileChanged.connect((_, change) => {
      const path = change.newValue?.path ?? change.oldValue?.path ?? '';
      if (/\.(csv|ipynb|toml)$/.test(path)) {
        this.touched();
      }
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) {
        void this.refresh();
      }
    });
  }

  /** The path by which the server finds the case. */
  get path(): string {
    return this.state?.root ?? this.where();
  }

  /** What is shown is no longer as it was. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** A table or a notebook is no longer as it was. */
  get edited(): ISignal<this, void> {
    return this._edited;
  }

  /** Something was written: look again, and ask the gate, when it has settled. */
  touched(): void {
    window.clearTimeout(this.soon);
    this.soon = window.setTimeout(() => void this.check(), 400);
  }

  /** Look at the case as it is now. */
  async refresh(): Promise<void> {
    window.clearTimeout(this.timer);
    const before = this.state?.state;
    try {
      const path = this.where();
      this.state = await ask<ICaseState>('case', { path });
      this.findings = await ask<IFindings>('findings', { path });
      this.refused = '';
    } catch (error) {
      this.state = null;
      this.findings = null;
      this.refused = (error as Error).message;
    }
    this._changed.emit();
    if (this.state && before !== this.state.state) {
      this._edited.emit();
    }
    if (this.findings?.stale) {
      await ask('check', {}, { path: this.path }).catch(() => undefined);
      this.findings.running = true;
    }
    this.timer = window.setTimeout(
      () => void (document.hidden ? undefined : this.refresh()),
      this.findings?.running ? WAITING : IDLE
    );
  }

  /** Ask the gate, and follow it until it has answered; `renew` writes what it finds of passages into the ledger. */
  async check(renew = false): Promise<void> {
    await ask('check', {}, { path: this.path, renew }).catch(() => undefined);
    await this.refresh();
  }
}
