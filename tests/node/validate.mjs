// Reads {"kind": "manifest" or "localisation", "version", "content"} and prints what Microsoft's schema objects to.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const Ajv = require("ajv-draft-04");
const addFormats = require("ajv-formats");

const FILES = { manifest: "MicrosoftTeams.schema.json", localisation: "MicrosoftTeams.Localization.schema.json" };
const { kind, version, content } = JSON.parse(readFileSync(0, "utf8"));
const folder = join(dirname(require.resolve("@microsoft/app-manifest")), "json-schemas", "teams", `v${version}`);
const schema = JSON.parse(readFileSync(join(folder, FILES[kind]), "utf8"));
// Not strict: the schema has keywords of its own. No Unicode expressions: some of its patterns are none.
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(schema);
validate(content);
console.log(JSON.stringify((validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)));
