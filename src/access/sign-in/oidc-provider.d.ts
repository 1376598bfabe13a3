// The provider the tests run as Pro Santé Connect ships no types.
declare module 'oidc-provider' {
  // biome-ignore lint/suspicious/noExplicitAny: used by one test
  const Provider: any;
  export default Provider;
}
