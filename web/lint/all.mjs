/**
 * Checks all models, decisions and forms: node web/lint/all.mjs [folder]
 * The folder holds bpmn/, dmn/ and forms/; without one it is the project. Errors end with status 1, warnings are shown.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { line, lint, read } from './bundle.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(process.argv[2] ?? path.join(here, '..', '..'));
const allowed = JSON.parse(fs.readFileSync(path.join(here, 'allowed-beans.json'), 'utf8'));

const files = read(root);
const findings = await lint(files, allowed);
for (const finding of findings) console.log(line(finding));
const errors = findings.filter((finding) => finding.category === 'error').length;
console.log(`${files.size} models, decisions and forms: ${errors} errors, ${findings.length - errors} warnings`);
process.exitCode = errors ? 1 : 0;
