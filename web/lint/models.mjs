/** BPMN: bpmnlint's recommended rules, those for Camunda 7.24, and our own of bpmnlint-plugin-banhao. */
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { unclear } from './words.mjs';

const require = createRequire(import.meta.url);
const { Linter } = require('bpmnlint');
const camunda = require('camunda-bpmn-moddle/resources/camunda.json');
const banhao = require('../bpmnlint-plugin-banhao');
const compat = require('bpmnlint-plugin-camunda-compat');
const { camunda: attribute } = require('../bpmnlint-plugin-banhao/lib');

/** Ours say the same more exactly: a warning twice helps nobody. */
const CONFIG = {
  extends: ['bpmnlint:recommended', 'plugin:camunda-compat/camunda-platform-7-24', 'plugin:banhao/all'],
  rules: {
    'fake-join': 'error',
    global: 'error',
    'no-inclusive-gateway': 'error',
    'no-overlapping-elements': 'error',
    'superfluous-gateway': 'error',
    'superfluous-termination': 'error',
    // a process may be started by several messages, one blank start is enough
    'superfluous-label': 'off'
  }
};

/** Rules come from packages by name; ours from the folder beside this one, whether or not npm has linked it. */
const resolver = {
  resolveRule(packageName, name) {
    if (packageName === 'bpmnlint-plugin-banhao') return require(`../bpmnlint-plugin-banhao/rules/${name}.js`);
    if (packageName === 'bpmnlint') return require(`bpmnlint/rules/${name}.js`);
    return require(`${packageName}/${compat.rules[name]}`);
  },
  resolveConfig(packageName, name) {
    if (packageName === 'bpmnlint-plugin-banhao') return banhao.configs[name];
    if (packageName === 'bpmnlint') return require(`bpmnlint/config/${name}.js`);
    return require(packageName).configs[name];
  }
};

/**
 * @param allowed what expressions may call: {beans, delegates}
 * @returns {Promise<{findings: object[], model: object|null}>} findings and, for the checks over all files, the facts
 */
export async function lintModel(name, xml, allowed) {
  const findings = [];
  const find = (id, rule, message, category = 'error') => findings.push({ file: name, id, rule, message, category });
  let definitions;
  try {
    const parsed = await new BpmnModdle({ camunda }).fromXML(xml);
    definitions = parsed.rootElement;
    for (const warning of parsed.warnings) find(null, 'xml', warning.message);
  } catch (error) {
    find(null, 'xml', error.message);
    return { findings, model: null };
  }
  const config = { ...CONFIG, rules: { ...CONFIG.rules, 'banhao/allowed-beans': ['error', allowed] } };
  const linter = new Linter({ config, resolver });
  const results = await linter.lint(definitions);
  for (const [rule, reports] of Object.entries(results)) {
    for (const report of reports) {
      find(report.id, rule, report.message, report.category === 'warn' ? 'warning' : report.category === 'info' ? 'info' : 'error');
    }
  }

  const processes = (definitions.rootElements ?? []).filter((e) => e.$type === 'bpmn:Process');
  const base = name.replace(/^.*\//, '').replace(/\.bpmn$/, '');
  if (processes.length !== 1) find(null, 'file-name', `one process a file, not ${processes.length}`);
  else if (processes[0].id !== base) find(processes[0].id, 'file-name', `the process is ${processes[0].id}, the file ${base}`);

  const model = { name, process: processes[0]?.id ?? base, forms: [], decisions: [], calls: [], messages: [] };
  const walk = (scope) => {
    for (const e of scope.flowElements ?? []) {
      // Tasklist shows names in the diagram, and what is written on a user task; the rest is for whoever maintains the model
      const told = e.$type === 'bpmn:UserTask' ? e.documentation ?? [] : [];
      for (const text of [e.name, ...told.map((d) => d.text)]) {
        unclear(text ?? '').forEach((message) => find(e.id, 'words', message));
      }
      if (attribute(e, 'formRef')) model.forms.push({ id: e.id, ref: attribute(e, 'formRef') });
      if (e.$type === 'bpmn:BusinessRuleTask') {
        if (!attribute(e, 'decisionRef')) find(e.id, 'decision', 'camunda:decisionRef is missing');
        else {
          model.decisions.push({ id: e.id, ref: attribute(e, 'decisionRef') });
          if (!attribute(e, 'decisionRefBinding')) find(e.id, 'decision', 'camunda:decisionRefBinding is missing: latest or deployment, on purpose');
        }
      }
      if (e.$type === 'bpmn:CallActivity' && e.calledElement) model.calls.push({ id: e.id, ref: e.calledElement });
      walk(e);
    }
  };
  for (const process of processes) {
    unclear(process.name ?? '').forEach((message) => find(process.id, 'words', message));
    walk(process);
  }
  for (const message of (definitions.rootElements ?? []).filter((e) => e.$type === 'bpmn:Message')) {
    if (message.name) model.messages.push({ id: message.id, ref: message.name });
  }
  return { findings, model };
}
