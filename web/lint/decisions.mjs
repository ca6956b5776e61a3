/** DMN: a table people can read and change, no script in it. */
import { DmnModdle } from 'dmn-moddle';
import { unclear } from './words.mjs';

const CHINESE = /[\u4e00-\u9fff]/;
const text = (name) => ({ name, isAttr: true, type: 'String' });
const camunda = {
  name: 'Camunda', uri: 'http://camunda.org/schema/1.0/dmn', prefix: 'camunda', xml: { tagAlias: 'lowerCase' },
  types: [{ name: 'Decision', extends: ['dmn:Decision'], properties: [text('historyTimeToLive'), text('versionTag')] }]
};

export async function lintDecision(name, xml) {
  const findings = [];
  const find = (id, rule, message) => findings.push({ file: name, id, rule: `dmn/${rule}`, message, category: 'error' });
  let definitions;
  try {
    const parsed = await new DmnModdle({ camunda }).fromXML(xml, 'dmn:Definitions');
    definitions = parsed.rootElement;
    for (const warning of parsed.warnings) find(null, 'xml', warning.message);
  } catch (error) {
    find(null, 'xml', error.message);
    return { findings, decisions: [] };
  }
  unclear(xml.replace(/<!--[\s\S]*?-->|<\/?[\w:]+|\s(?:xmlns(?::\w+)?|namespace|id|href)="[^"]*"/g, ' ')).forEach((message) => find(definitions.id, 'words', message));
  const decisions = (definitions.drgElement ?? []).filter((e) => e.$type === 'dmn:Decision');
  const base = name.replace(/^.*\//, '').replace(/\.dmn$/, '');
  if (!decisions.some((d) => d.id === base)) find(definitions.id, 'file-name', `no decision ${base} in the file of that name`);
  for (const decision of decisions) {
    const attribute = (key) => decision.get(`camunda:${key}`);
    if (!/^[a-z][A-Za-z]{2,50}$/.test(decision.id)) find(decision.id, 'id', 'a decision id is camelCase letters');
    if (!CHINESE.test(decision.name ?? '')) find(decision.id, 'label', 'the decision needs a Chinese name');
    if (!CHINESE.test(decision.description ?? '')) find(decision.id, 'label', 'a description in Chinese says what is decided and how it is read');
    if (!/^P\d+D$/.test(attribute('historyTimeToLive') ?? '')) find(decision.id, 'time-to-live', 'camunda:historyTimeToLive is missing, such as P3650D');
    if (!/^\d+\.\d+\.\d+$/.test(attribute('versionTag') ?? '')) find(decision.id, 'version-tag', 'camunda:versionTag is missing, such as 1.0.0');
    const table = decision.decisionLogic;
    if (table?.$type !== 'dmn:DecisionTable') {
      find(decision.id, 'table', 'a decision is a table');
      continue;
    }
    if (!['UNIQUE', 'FIRST', 'COLLECT', 'RULE ORDER', 'ANY'].includes(table.get('hitPolicy')) || !/hitPolicy="/.test(xml)) {
      find(table.id, 'hit-policy', 'the hit policy is written down: UNIQUE, FIRST, COLLECT, RULE ORDER or ANY');
    }
    const language = (element, id) => {
      const used = element?.expressionLanguage;
      if (used && !/feel/i.test(used)) find(id, 'language', `no script language: ${used}`);
    };
    for (const input of table.input ?? []) {
      if (!CHINESE.test(input.label ?? '')) find(input.id, 'label', 'the input needs a Chinese label');
      if (!/^[a-z][A-Za-z0-9]*$/.test(input.inputExpression?.text?.trim() ?? '')) find(input.id, 'input', 'an input reads one variable');
      if (!input.inputExpression?.typeRef) find(input.id, 'input', 'typeRef is missing');
      language(input.inputExpression, input.id);
    }
    const outputs = new Set();
    for (const output of table.output ?? []) {
      if (!CHINESE.test(output.label ?? '')) find(output.id, 'label', 'the output needs a Chinese label');
      if (!/^[a-z][A-Za-z0-9]*$/.test(output.name ?? '')) find(output.id, 'output', 'the name of an output is camelCase');
      if (outputs.has(output.name)) find(output.id, 'output', `the output ${output.name} stands twice`);
      outputs.add(output.name);
      if (!output.typeRef) find(output.id, 'output', 'typeRef is missing');
    }
    const rules = new Map();
    for (const rule of table.rule ?? []) {
      for (const entry of [...(rule.inputEntry ?? []), ...(rule.outputEntry ?? [])]) {
        language(entry, rule.id);
        if (/[$#]\{/.test(entry.text ?? '')) find(rule.id, 'language', `no expression of the engine: ${entry.text}`);
      }
      const condition = JSON.stringify((rule.inputEntry ?? []).map((e) => (e.text ?? '').trim()));
      if (rules.has(condition)) find(rule.id, 'rule', `the same conditions as ${rules.get(condition)}`);
      rules.set(condition, rule.id);
    }
    if (!rules.size) find(table.id, 'rule', 'the table has no rule');
  }
  return { findings, decisions: decisions.map((d) => d.id) };
}
