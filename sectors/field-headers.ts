// Header names of the fields that many sectors share, declared once; a sector's file adds its own. With marks; headersOf gives
// each without marks too. Of another person in a record (wife_name) the person's words stand before or after the field's.
// Sources: the words of the forms and registers themselves, QCVN 109:2017/BTTTT, and the abbreviations usual in office files.
import { headerWords } from './header-words.js';
import type { Sector } from './schema.js';

/** Field → what its column is called. */
export const HEADERS_BY_FIELD: Readonly<Record<string, string>> = {
  record_key:
    'mã hồ sơ | số hồ sơ | mã bản ghi | mã số | mã | STT | số thứ tự | số TT | mã quản lý | ID bản ghi | record key | record id | rec id | key',
  id: 'số định danh | số định danh cá nhân | mã định danh | mã định danh cá nhân | số ĐDCN | ĐDCN | MĐD | số CCCD | CCCD | căn cước | số căn cước | số thẻ căn cước | số căn cước công dân | CMND/CCCD | số CMND/CCCD | số CMND | CMND | số CMT | số giấy tờ | số giấy tờ tùy thân | số GTTT | GTTT | SOGT | số GT | id no | id number | personal id | citizen id',
  name: 'họ tên | họ và tên | họ và tên đầy đủ | họ chữ đệm tên | họ chữ đệm và tên | họ đệm tên | tên đầy đủ | HVT | họ tên đầy đủ | tên | tên người | họ và tên khai sinh | full name | fullname | name | person name',
  born: 'ngày sinh | ngày tháng năm sinh | ngày, tháng, năm sinh | năm sinh | sinh ngày | sinh năm | ngày tháng sinh | NTNS | NS | ng sinh | n sinh | ngày/năm sinh | ngày hoặc năm sinh | ngày sinh đầy đủ | dob | date of birth | birth date | birthday | born',
  sex: 'giới tính | GT | giới | phái | nam/nữ | nam nữ | g tính | mã giới tính | phái tính | giới tính (nam/nữ) | trai/gái | nữ (x) | sex | gender',
  address:
    'địa chỉ | ĐC | đ chỉ | địa chỉ thường trú | nơi thường trú | thường trú | ĐKTT | hộ khẩu thường trú | HKTT | hộ khẩu | nơi cư trú | cư trú | nơi ở | nơi ở hiện tại | chỗ ở | địa chỉ liên hệ | địa chỉ cư trú | address | residence',
  province:
    'tỉnh | tỉnh thành | tỉnh/thành phố | tỉnh, thành phố | tỉnh TP | thành phố | mã tỉnh | tên tỉnh | mã tỉnh/TP | tỉnh thành phố | tỉnh thường trú | địa phương | province | province code | city',
  phone:
    'số điện thoại | điện thoại | SĐT | ĐT | số ĐT | ĐTDĐ | di động | số di động | điện thoại di động | điện thoại liên hệ | số liên hệ | SĐT liên hệ | phone | phone number | mobile | tel',
  insurance_no:
    'mã số BHXH | số BHXH | BHXH | mã BHXH | số sổ BHXH | sổ BHXH | mã số bảo hiểm xã hội | số bảo hiểm xã hội | bảo hiểm xã hội | mã bảo hiểm | MS BHXH | social insurance no | insurance no',
  health_card:
    'số thẻ BHYT | mã thẻ BHYT | thẻ BHYT | BHYT | số BHYT | mã BHYT | thẻ bảo hiểm y tế | số thẻ bảo hiểm y tế | mã thẻ | số thẻ BH | bảo hiểm y tế | health card | health insurance no',
  tax_code:
    'mã số thuế | MST | mã thuế | MST cá nhân | mã số thuế cá nhân | số thuế | mã số thuế cũ | MST cũ | MST 10 số | MSTCN | tax code | tax id | TIN',
  employer:
    'đơn vị | đơn vị làm việc | tên đơn vị | nơi làm việc | công ty | tên công ty | doanh nghiệp | cơ quan | cơ quan công tác | đơn vị công tác | ĐV | đơn vị sử dụng lao động | employer | company | organisation',
  agency:
    'cơ quan | tên cơ quan | cơ quan, đơn vị | đơn vị | tên đơn vị | cơ quan công tác | cơ quan quản lý | đơn vị công tác | cơ quan thụ lý | CQ | nơi tiếp nhận | cơ quan giải quyết | agency | office',
  nationality:
    'quốc tịch | QT | q tịch | mã quốc tịch | tên quốc tịch | quốc tịch hiện tại | quốc tịch gốc | nước quốc tịch | là công dân nước | quốc tịch (mã) | nationality | citizenship | nation',
  ethnicity:
    'dân tộc | DT | d tộc | mã dân tộc | tên dân tộc | thành phần dân tộc | dân tộc (mã) | dân tộc thiểu số | dtoc | tên DT | ethnicity | ethnic group | ethnic',
  father:
    'họ tên cha | tên cha | cha | họ và tên cha | họ tên bố | tên bố | bố | cha (họ tên) | HT cha | họ tên cha đẻ | người cha | father | father name',
  mother:
    'họ tên mẹ | tên mẹ | mẹ | họ và tên mẹ | mẹ (họ tên) | HT mẹ | họ tên mẹ đẻ | họ tên má | người mẹ | bà mẹ | tên má | mother | mother name',
  spouse:
    'họ tên vợ chồng | vợ chồng | vợ/chồng | vợ hoặc chồng | họ tên vợ hoặc chồng | họ tên vợ/chồng | tên vợ chồng | vợ (chồng) | HT vợ chồng | người hôn phối | spouse | spouse name',
  passport:
    'số hộ chiếu | hộ chiếu | HC | số HC | mã hộ chiếu | hộ chiếu số | số passport | HC số | hộ chiếu phổ thông | số hộ chiếu phổ thông | passport | passport no | passport number',
  position:
    'chức vụ | chức danh | vị trí | vị trí việc làm | vị trí công việc | VTVL | CV | chức vụ hiện tại | chức vụ chính quyền | tên chức vụ | nghề nghiệp | công việc | position | job title | title',
  degree:
    'trình độ | trình độ chuyên môn | trình độ đào tạo | học vị | bằng cấp | TĐCM | trình độ cao nhất | văn bằng | học vấn | học hàm học vị | TĐ | degree | qualification',
  school:
    'trường | tên trường | trường học | đơn vị trường | cơ sở giáo dục | CSGD | mã trường | trường đang học | cơ sở đào tạo | nhà trường | trường công tác | school | school name',
  started:
    'ngày bắt đầu | từ ngày | ngày vào làm | ngày bắt đầu làm việc | ngày hợp đồng | ngày ký hợp đồng | ngày HĐ | bắt đầu từ | ngày tiếp nhận | ngày nhận việc | start date | started',
  ended:
    'ngày kết thúc | ngày thôi việc | ngày nghỉ việc | ngày nghỉ hưu | ngày chấm dứt | ngày chấm dứt hợp đồng | ngày thanh lý hợp đồng | ngày hết hợp đồng | ngày thôi giữ chức | ngày rời đơn vị | ngày chuyển đi | làm việc đến ngày | ngày kết thúc công việc | ngày NH | end date | ended | leaving date',
  issued:
    'ngày cấp | cấp ngày | ngày cấp phép | ng cấp | ngày phát hành | ngày ký | ngày cấp giấy | thời điểm cấp | ngày cấp GCN | NC | ngày cấp lần đầu | issue date | date of issue | issued',
  expires:
    'ngày hết hạn | hết hạn | ngày hết hiệu lực | hiệu lực đến | có giá trị đến | thời hạn đến | HSD | ngày HH | hạn dùng | thời hạn | hạn sử dụng | expiry date | expires | valid until',
  joined:
    'ngày vào hội | ngày kết nạp | ngày vào đoàn | vào hội ngày | ngày gia nhập | năm vào hội | thời gian vào hội | ngày tham gia hội | kết nạp ngày | ngày KN | ngày vào | join date | joined',
  registered:
    'ngày đăng ký | ngày ĐK | đăng ký ngày | ngày vào sổ | ngày ghi sổ | thời điểm đăng ký | ngày lập | ngày đăng ký lần đầu | ngày tiếp nhận đăng ký | ngày ghi | registration date | registered | date registered',
  decided:
    'ngày quyết định | ngày QĐ | ngày ra quyết định | quyết định ngày | ngày ký quyết định | ngày ban hành | ngày hiệu lực | ngày ký QĐ | QĐ ngày | ngày văn bản | decision date | decided | decided on',
  branch:
    'chi hội | tên chi hội | chi đoàn | chi hội thôn | tổ hội | cơ sở hội | chi bộ hội | chi hội trực thuộc | sinh hoạt tại chi hội | CH | chi hội khu phố | branch | branch name',
  member_type:
    'loại đối tượng | đối tượng | cá nhân/tổ chức | cá nhân hay tổ chức | CN/TC | loại chủ thể | loại hình chủ thể | KH cá nhân/tổ chức | phân loại | phân loại chủ thể | party type | customer type',
  certificate_no:
    'số giấy chứng nhận | số GCN | GCN | số GCNQSDĐ | số sổ đỏ | sổ đỏ | số sổ hồng | số phát hành | số seri | số seri GCN | số phát hành GCN | certificate no | certificate number',
  household_no:
    'mã hộ | số hộ | mã hộ gia đình | số hộ khẩu | số sổ hộ khẩu | SHK | mã số hộ | mã hộ GĐ | mã hộ dân | hộ số | sổ hộ khẩu | household no | household id',
  case_no:
    'số vụ án | mã vụ án | vụ án số | số vụ | mã vụ | số hồ sơ vụ án | số hồ sơ án | tên vụ án | số án | mã số vụ án | số vụ việc | case no | case number',
  crime:
    'tội danh | tội | tội phạm | điều luật | tên tội danh | khung hình phạt | tội danh chính | điều khoản | hành vi | hành vi phạm tội | TD | offence | crime | charge',
  amount:
    'số tiền | mức hưởng | mức chi trả | tiền hưởng | tiền trợ cấp | mức trợ cấp | thành tiền | số tiền (đồng) | tổng tiền | ST | giá trị | trị giá | amount | amount (VND)',
  licence_no:
    'số GPLX | GPLX | số giấy phép lái xe | giấy phép lái xe | số bằng lái | bằng lái | bằng lái xe | số bằng lái xe | số bằng | số giấy phép | mã GPLX | licence no | license number | driving licence',
  plate_no:
    'biển số | biển số xe | BKS | biển kiểm soát | số xe | biển số đăng ký | BSX | biển đăng ký | số biển | biển xe | BS | biển số kiểm soát | plate no | plate number | number plate',
  platform:
    'nền tảng | ứng dụng | tên nền tảng | tên ứng dụng | app | hãng | hãng công nghệ | sàn | đơn vị nền tảng | tên app | nền tảng số | platform | platform name',
  facility:
    'cơ sở y tế | tên cơ sở y tế | cơ sở KCB | cơ sở khám chữa bệnh | bệnh viện | trạm y tế | CSYT | nơi khám | đơn vị y tế | CSKCB | cơ sở | facility | health facility',
  account_no:
    'số tài khoản | STK | số TK | tài khoản | TK | tài khoản ngân hàng | số tài khoản ngân hàng | tài khoản số | số TKNH | mã tài khoản ngân hàng | TK ngân hàng | account no | account number | bank account',
  institution:
    'tổ chức tín dụng | TCTD | tên TCTD | ngân hàng | tên ngân hàng | mã TCTD | NH | ngân hàng, tổ chức tín dụng | đơn vị cho vay | tổ chức cho vay | mã ngân hàng | institution | bank | lender',
  category:
    'nhóm đối tượng | loại đối tượng | đối tượng | diện | diện hưởng | đối tượng hưởng | loại hình trợ cấp | chế độ | diện đối tượng | mã đối tượng hưởng | phân nhóm | category | group',
};

/** Words for somebody in a role, beside its labels. */
const ROLE_WORDS: Readonly<Record<string, readonly string[]>> = {
  husband: ['chồng', 'bên nam'],
  wife: ['vợ', 'bên nữ'],
  mother: ['mẹ', 'người mẹ'],
  father: ['cha', 'bố', 'người cha'],
  child: ['con', 'trẻ', 'người con'],
  parent: ['cha mẹ', 'cha/mẹ', 'cha hoặc mẹ', 'người nhận con'],
  beneficiary: ['người hưởng', 'đối tượng', 'NH'],
  holder: ['chủ tài khoản', 'chủ TK', 'CTK'],
  representative: ['người đại diện', 'đại diện', 'NĐD', 'NDDPL'],
  member: ['thành viên', 'TV', 'người góp vốn'],
  owner: ['chủ sử dụng', 'người sử dụng', 'chủ đất', 'chủ'],
  spouse: ['vợ chồng', 'vợ/chồng', 'vợ hoặc chồng'],
  co_owner: ['đồng sử dụng', 'đồng sở hữu', 'người đồng sử dụng'],
};

/** Of a field of somebody in a role, only the usual names are combined with the words for the role. */
const BASES: Readonly<Record<string, readonly string[]>> = {
  id: ['số định danh', 'mã định danh', 'số CCCD', 'CCCD', 'số giấy tờ', 'số CMND', 'số GTTT'],
  name: ['họ tên', 'họ và tên', 'tên', 'HT'],
  born: ['ngày sinh', 'năm sinh', 'NS', 'ngày tháng năm sinh', 'NTNS'],
  sex: ['giới tính', 'GT'],
  address: ['địa chỉ', 'ĐC', 'nơi cư trú', 'thường trú'],
};

/** What the column of a field may be called, each name once: the sector's own first, then those of every sector. */
export function headersOf(sector: Pick<Sector, 'fields' | 'roles'>, name: string): string[] {
  const field = sector.fields[name];
  if (field === undefined) return [];
  const own = [...field.headers, ...roleHeaders(sector, name), ...listed(HEADERS_BY_FIELD[name])];
  return [...new Set(own.flatMap((header) => [header, withoutMarks(header)]))];
}

/** As `headersOf`, but of those that differ by marks and separators only the first: for people to read. */
export function shownHeaders(sector: Pick<Sector, 'fields' | 'roles'>, name: string): string[] {
  const byWords = new Map<string, string>();
  for (const header of headersOf(sector, name)) {
    const words = headerWords(header);
    if (!byWords.has(words)) byWords.set(words, header);
  }
  return [...byWords.values()];
}

function listed(names: string | undefined): string[] {
  return names === undefined ? [] : names.split(' | ');
}

/** `họ tên` of the wife: `họ tên vợ`, `vợ họ tên`; of the main person of a record also `họ tên`. */
function roleHeaders(sector: Pick<Sector, 'roles'>, name: string): string[] {
  const roles = Object.entries(sector.roles);
  return roles.flatMap(([role, { labels, fields }], i) => {
    const concept = Object.keys(fields).find((one) => fields[one] === name);
    if (concept === undefined) return [];
    const english = role.replaceAll('_', ' ');
    const words = [...new Set([labels.vi.toLowerCase(), ...(ROLE_WORDS[role] ?? [])])];
    const bases = BASES[concept] ?? [];
    const combined = bases.flatMap((base) => words.flatMap((word) => [`${base} ${word}`, `${word} ${base}`]));
    const alone = concept === 'name' ? [...words, english] : [];
    const usual = i === 0 ? listed(HEADERS_BY_FIELD[concept]) : [];
    return [...usual, ...alone, ...combined, `${english} ${concept}`];
  });
}

/** As systems write it that take no Vietnamese: `Số định danh` → `so_dinh_danh`. */
function withoutMarks(header: string): string {
  const plain = header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, (d) => (d === 'đ' ? 'd' : 'D'))
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return plain === header || header === plain.replaceAll('_', ' ') ? plain : plain.toLowerCase();
}
