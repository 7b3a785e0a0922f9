// Validates a SARIF log from standard input: node validate.mjs <folder with node_modules>. Prints what is wrong.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const modules = resolve(process.argv[2], "node_modules");
const json = (path) => JSON.parse(readFileSync(resolve(modules, path), "utf8"));
const Ajv = createRequire(resolve(modules, "ajv/package.json"))("ajv");

const ajv = new Ajv({ schemaId: "id", allErrors: true, meta: false, unknownFormats: "ignore" });
ajv.addMetaSchema(json("ajv/lib/refs/json-schema-draft-04.json"));
const validate = ajv.compile(json("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
if (!validate(JSON.parse(readFileSync(0, "utf8")))) {
  console.error(ajv.errorsText(validate.errors, { separator: "\n" }));
  process.exitCode = 1;
}
