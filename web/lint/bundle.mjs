/** All models, decisions and forms of a folder together: each by itself, then what one says of another. */
import fs from 'node:fs';
import path from 'node:path';
import { lintDecision } from './decisions.mjs';
import { lintForm } from './forms.mjs';
import { lintModel } from './models.mjs';

/** Files below the folders bpmn, dmn and forms of root: name relative to root → text. */
export function read(root) {
  const files = new Map();
  for (const folder of ['bpmn', 'dmn', 'forms']) {
    const top = path.join(root, folder);
    if (!fs.existsSync(top)) continue;
    for (const entry of fs.readdirSync(top, { recursive: true }).map(String).sort()) {
      if (/\.(bpmn|dmn|form)$/.test(entry)) {
        files.set(`${folder}/${entry.split(path.sep).join('/')}`, fs.readFileSync(path.join(top, entry), 'utf8'));
      }
    }
  }
  return files;
}

/** @returns {Promise<{file: string, id: string|null, rule: string, message: string, category: string}[]>} */
export async function lint(files, allowed) {
  const findings = [];
  const models = [];
  const decisions = new Set();
  const forms = new Map();
  for (const [name, text] of files) {
    if (name.endsWith('.bpmn')) {
      const result = await lintModel(name, text, allowed);
      findings.push(...result.findings);
      if (result.model) models.push(result.model);
    } else if (name.endsWith('.dmn')) {
      const result = await lintDecision(name, text);
      findings.push(...result.findings);
      result.decisions.forEach((id) => decisions.add(id));
    } else {
      const result = lintForm(name, text);
      findings.push(...result.findings);
      forms.set(result.form?.id ?? name, name);
    }
  }

  const find = (file, id, rule, message) => findings.push({ file, id, rule, message, category: 'error' });
  const processes = new Map();
  const messages = new Map();
  const used = new Set();
  for (const model of models) {
    if (processes.has(model.process)) find(model.name, model.process, 'bundle/process', `also in ${processes.get(model.process)}`);
    processes.set(model.process, model.name);
  }
  for (const model of models) {
    for (const { id, ref } of model.forms) {
      used.add(ref);
      if (!forms.has(ref)) find(model.name, id, 'bundle/form', `there is no form ${ref}`);
      else if (folder(forms.get(ref)) !== folder(model.name)) find(model.name, id, 'bundle/form', `${forms.get(ref)} lies in another folder`);
    }
    for (const { id, ref } of model.decisions) if (!decisions.has(ref)) find(model.name, id, 'bundle/decision', `there is no decision ${ref}`);
    for (const { id, ref } of model.calls) if (!processes.has(ref)) find(model.name, id, 'bundle/call', `there is no process ${ref}`);
    for (const { id, ref } of model.messages) {
      if (messages.has(ref)) find(model.name, id, 'bundle/message', `the message ${ref} is also declared in ${messages.get(ref)}`);
      messages.set(ref, model.name);
    }
  }
  for (const [id, name] of forms) if (!used.has(id)) find(name, id, 'bundle/form', 'no model shows this form');
  return findings;
}

/** The folder below bpmn/ or forms/: the kind of case. */
const folder = (name) => name.split('/').slice(1, -1).join('/');

export function line({ file, id, rule, message, category }) {
  return `${file}: ${category}: ${id ? `${id}: ` : ''}${message} [${rule}]`;
}
