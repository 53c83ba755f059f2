import { UserError } from '../messages/user-error.js';

/** `npm run bench -- NAME [options]`: each bench is a module with `bench(args)`, loaded only when asked for. */
const BENCHES: Readonly<Record<string, () => Promise<{ bench(args: readonly string[]): Promise<void> }>>> = {
  run: () => import('./run.js'),
  national: () => import('./national.js'),
  'exact-peers': () => import('./exact-peers.js'),
  normalizers: () => import('./normalizers.js'),
  accuracy: () => import('./accuracy.js'),
  link: () => import('./link.js'),
  dice: () => import('./dice.js'),
  xlsx: () => import('./xlsx.js'),
};

async function main(args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  const load = BENCHES[name ?? ''];
  if (load === undefined) {
    throw new UserError({
      what: { vi: 'Chưa nêu tên bài đo.', en: 'No bench of this name.' },
      mend: {
        vi: `Chạy: npm run bench -- TÊN; các tên: ${Object.keys(BENCHES).join(', ')}.`,
        en: `Run: npm run bench -- NAME; the names are ${Object.keys(BENCHES).join(', ')}.`,
      },
    });
  }
  await (await load()).bench(rest);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof UserError ? error.message : (error as Error).stack}\n`);
  process.exitCode = error instanceof UserError ? error.exitCode : 1;
});
