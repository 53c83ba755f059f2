// What the machine's own scheduler needs to run the nights: systemd.service(5), systemd.timer(5), crontab(5). Comments in
// Vietnamese and English, times in Vietnam.
import { UserError } from '../messages/user-error.js';
import { TIME_ZONE } from './schedule-clock.js';

export interface ScheduledNight {
  /** Program and arguments, absolute. */
  readonly command: readonly string[];
  /** Absolute paths: where it is run, the job files, the workspace. */
  readonly directory: string;
  readonly folder: string;
  readonly workspace: string;
  /** `02:00`, Vietnam's time. */
  readonly at: string;
}

export interface UnitFile {
  readonly name: string;
  readonly text: string;
}

export const SCHEDULE_FORMS = {
  systemd: systemdUnits,
  cron: (night: ScheduledNight) => [crontab(night)],
} as const satisfies Readonly<Record<string, (night: ScheduledNight) => readonly UnitFile[]>>;

/** `2:00` → `02:00`. Throws UserError. */
export function checkedTime(text: string): string {
  const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (found !== null) return `${(found[1] ?? '').padStart(2, '0')}:${found[2]}`;
  throw new UserError({
    what: { vi: `--at không nhận “${text}”.`, en: `--at does not take “${text}”.` },
    where: '--at',
    mend: { vi: 'Hãy ghi giờ Việt Nam dạng 02:00.', en: 'Give a time of day in Vietnam, as 02:00.' },
  });
}

/** A service that runs one night and a timer that starts it. */
function systemdUnits(night: ScheduledNight): UnitFile[] {
  checkPaths(night);
  const service = `# Một đêm đối soát / one night of reconciliation. Cài / install:
#   sudo cp doisoat-nightly.* /etc/systemd/system/ && sudo systemctl enable --now doisoat-nightly.timer
[Unit]
Description=doisoat nightly: đối soát hằng đêm
RequiresMountsFor=${systemdWord(night.folder)} ${systemdWord(night.workspace)}

[Service]
Type=oneshot
# Nên chạy bằng tài khoản riêng, không phải root / better an account of its own than root:
#User=doisoat
WorkingDirectory=${night.directory.replaceAll('%', '%%')}
ExecStart=${night.command.map(systemdArgument).join(' ')}
# 3, 4: đã chạy xong nhưng vượt ngưỡng / finished, but over a threshold (docs/exit-codes.md)
SuccessExitStatus=3 4
# Chương trình tự dừng các lần chạy con / the program stops its own children
KillMode=mixed
TimeoutStopSec=30
Nice=10
UMask=0077
NoNewPrivileges=yes
`;
  const timer = `[Unit]
Description=doisoat nightly: ${night.at} giờ Việt Nam

[Timer]
OnCalendar=*-*-* ${night.at}:00 ${TIME_ZONE}
# Máy tắt lúc đó thì chạy khi bật lại / a night missed while the machine was off is made up for
Persistent=true

[Install]
WantedBy=timers.target
`;
  return [
    { name: 'doisoat-nightly.service', text: service },
    { name: 'doisoat-nightly.timer', text: timer },
  ];
}

function crontab(night: ScheduledNight): UnitFile {
  checkPaths(night);
  const [hour = 0, minute = 0] = night.at.split(':').map(Number);
  const log = `${night.workspace}/nightly.log`;
  const command = `cd ${cronWord(night.directory)} && ${night.command.map(cronWord).join(' ')} >> ${cronWord(log)} 2>&1`;
  const text = `# Một đêm đối soát lúc ${night.at} giờ Việt Nam / one night of reconciliation, ${night.at} Vietnam's time.
# Thêm vào bằng crontab -e / add it with crontab -e. CRON_TZ: cronie (Red Hat, Rocky, SUSE, Arch).
CRON_TZ=${TIME_ZONE}
${minute} ${hour} * * * ${command}
# cron của Debian và Ubuntu không hiểu CRON_TZ mà theo giờ của máy. Máy đặt giờ UTC thì thay hai dòng trên bằng:
# cron of Debian and Ubuntu ignores CRON_TZ and goes by the machine's time. On a machine in UTC use instead:
# ${minute} ${(hour + 17) % 24} * * * ${command}
`;
  return { name: 'doisoat-nightly.cron', text };
}

/** Quoted as systemd.syntax(7) says; in a command line `$` is special too. */
function systemdWord(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}"`;
}

function systemdArgument(text: string): string {
  const plain = /^[\w./:=@,-]+$/.test(text);
  return plain ? text : systemdWord(text).replaceAll('$', () => '$$');
}

/** Quoted for sh; cron itself reads an unescaped percent sign as the end of the line. */
function cronWord(text: string): string {
  const quoted = /^[\w./:=@,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  return quoted.replaceAll('%', '\\%');
}

function checkPaths({ command, directory, folder, workspace }: ScheduledNight): void {
  const bad = [...command, directory, folder, workspace].find((text) => /[\u0000-\u001f\u007f]/.test(text));
  if (bad === undefined) return;
  throw new UserError({
    what: {
      vi: 'Đường dẫn có xuống dòng hoặc ký tự điều khiển.',
      en: 'A path holds a line break or a control character.',
    },
    where: JSON.stringify(bad),
    mend: { vi: 'Hãy đổi tên thư mục đó.', en: 'Rename that folder.' },
  });
}
