/**
 * Runs the cases of a folder against the lint: node web/lint/cases.mjs src/test/models
 * A case is a small change of a good model: it must be found by its rule and by no other; its neighbour, another
 * change close by, must pass. Prints one JSON object a line, for the JUnit test that asks for them.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { line, lint, read } from './bundle.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(process.argv[2]);
const good = read(path.join(root, 'good'));
const allowed = JSON.parse(fs.readFileSync(path.join(root, 'good', 'allowed-beans.json'), 'utf8'));

/** One change: add, remove, rename or copy a file; replace a text in it; lengthen its last flow by a chain of tasks. */
function changed(files, { file, copy, replace, by, then, add, remove, rename, chain }) {
  const result = new Map(files);
  const place = (name) => `${/\.bpmn$/.test(name) ? 'bpmn' : /\.dmn$/.test(name) ? 'dmn' : 'forms'}/proposal/${name}`;
  const text = files.get(place(copy ?? file));
  if (add !== undefined) {
    result.set(place(file), add);
    return result;
  }
  if (text === undefined) throw new Error(`no good model ${copy ?? file}`);
  if (remove || rename) result.delete(place(file));
  if (rename) result.set(place(rename), text);
  if (replace !== undefined) {
    if (!text.includes(replace)) throw new Error(`${file} does not hold ${replace}`);
    const replaced = text.split(replace).join(by);
    result.set(place(file), then ? replaced.split(then[0]).join(then[1]) : replaced);
  }
  if (chain) result.set(place(file), lengthened(text, chain));
  return result;
}

function lengthened(text, tasks) {
  const [whole, id, source, target] = [...text.matchAll(/<bpmn:sequenceFlow id="([^"]+)" sourceRef="([^"]+)" targetRef="([^"]+)" \/>/g)].at(-1);
  const letters = (n) => [...String(n)].map((digit) => 'abcdefghij'[digit]).join('');
  const task = (n) => `serviceTask_step${letters(n)}`;
  let added = `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${task(1)}" />`;
  for (let n = 1; n <= tasks; n++) {
    added += `<bpmn:serviceTask id="${task(n)}" name="记录事项" camunda:delegateExpression="\${notifyNotFiled}">`;
    added += `<bpmn:incoming>${n === 1 ? id : `flow_step${letters(n - 1)}`}</bpmn:incoming>`;
    added += `<bpmn:outgoing>flow_step${letters(n)}</bpmn:outgoing></bpmn:serviceTask>`;
    added += `<bpmn:sequenceFlow id="flow_step${letters(n)}" sourceRef="${task(n)}" targetRef="${n === tasks ? target : task(n + 1)}" />`;
  }
  return text.replace(`<bpmn:incoming>${id}<`, `<bpmn:incoming>flow_step${letters(tasks)}<`).replace(whole, added);
}

const relevant = (findings) => findings.filter((finding) => finding.category !== 'info');

for (const entry of fs.readdirSync(path.join(root, 'bad')).filter((name) => name.endsWith('.json')).sort()) {
  for (const example of JSON.parse(fs.readFileSync(path.join(root, 'bad', entry), 'utf8'))) {
    const name = `${entry.replace('.json', '')}: ${example.name}`;
    const problems = [];
    try {
      const bad = relevant(await lint(changed(good, example.bad), allowed));
      if (!bad.some((f) => f.rule === example.rule)) problems.push(`not found by ${example.rule}: ${bad.map(line).join(' | ')}`);
      const others = bad.filter((f) => f.rule !== example.rule && !(example.also ?? []).includes(f.rule));
      if (others.length) problems.push(`found by others too: ${others.map(line).join(' | ')}`);
      const neighbour = example.neighbour ? relevant(await lint(changed(good, example.neighbour), allowed)) : [];
      if (neighbour.length) problems.push(`its neighbour does not pass: ${neighbour.map(line).join(' | ')}`);
    } catch (error) {
      problems.push(String(error.message));
    }
    console.log(JSON.stringify({ name, rule: example.rule, problems }));
  }
}
const clean = relevant(await lint(good, allowed));
console.log(JSON.stringify({ name: 'the good models have no finding', rule: '', problems: clean.map(line) }));
