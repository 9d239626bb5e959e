'use strict';

// node validate.js SCHEMA: reads a JSON list of YAML texts, prints a JSON list: for each text the places that break the schema.
const fs = require('node:fs');
const Ajv = require('ajv/dist/2020');
const YAML = require('yaml');

const schema = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const validate = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, allErrors: true }).compile(schema);
const answers = JSON.parse(fs.readFileSync(0, 'utf8')).map(text =>
  validate(YAML.parse(text)) ? [] : validate.errors.map(error => `${error.instancePath} ${error.message}`));
process.stdout.write(JSON.stringify(answers));
