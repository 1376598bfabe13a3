/** The import rules, for `test/rules/rooms.test.ts`; dependency-cruiser types the rest. */
declare const config: { forbidden: { name: string }[]; options: Record<string, unknown> };
export default config;
