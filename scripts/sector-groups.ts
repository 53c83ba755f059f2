/** The built-in sectors in the groups of the programme, and how large the datasets are, for the docs. */
import type { Text } from '../messages/text.js';

interface Group {
  readonly title: Text;
  readonly sectors: readonly string[];
}

export const GROUPS: readonly Group[] = [
  { title: { vi: 'Viễn thông', en: 'Telecom' }, sectors: ['telecom-subscribers', 'telecom-registrations'] },
  {
    title: { vi: 'Hộ tịch', en: 'Civil status' },
    sectors: ['civil-registry', 'births', 'marriages', 'recognitions', 'deaths', 'nationality-changes'],
  },
  {
    title: { vi: 'Lao động', en: 'Labour' },
    sectors: ['workers', 'household-workers', 'foreign-workers', 'workers-abroad', 'platform-workers'],
  },
  {
    title: { vi: 'Tiền', en: 'Money' },
    sectors: [
      'bank-customers',
      'credit-customers',
      'social-beneficiaries',
      'beneficiary-accounts',
      'securities-practitioners',
      'ecommerce-sellers',
    ],
  },
  {
    title: { vi: 'Bảo hiểm và y tế', en: 'Insurance and health' },
    sectors: ['social-insurance', 'health-insurance-cards', 'health-records', 'vaccinations'],
  },
  { title: { vi: 'Thuế và kinh doanh', en: 'Tax and business' }, sectors: ['taxpayers', 'businesses'] },
  { title: { vi: 'Cán bộ nhà nước', en: 'State staff' }, sectors: ['civil-servants'] },
  {
    title: { vi: 'Hội, đoàn thể', en: 'Associations' },
    sectors: [
      'farmers-association',
      'elderly-association',
      'veterans-association',
      'womens-union',
      'youth-union',
    ],
  },
  { title: { vi: 'Đất đai và nhà ở', en: 'Land and housing' }, sectors: ['land-parcels', 'housing'] },
  { title: { vi: 'Giao thông', en: 'Transport' }, sectors: ['driving-licences', 'vehicles'] },
  { title: { vi: 'Giáo dục', en: 'Education' }, sectors: ['pupils', 'students', 'teachers'] },
  {
    title: { vi: 'Tư pháp', en: 'Justice' },
    sectors: [
      'criminal-judgments',
      'civil-enforcement',
      'court-parties',
      'procuracy-cases',
      'complaints',
      'asset-declarations',
    ],
  },
  {
    title: { vi: 'Nông nghiệp, khoa học', en: 'Agriculture, science' },
    sectors: ['farm-households', 'science-staff'],
  },
  { title: { vi: 'Dẫn xuất', en: 'Derived' }, sectors: ['generic-people', 'derived-people'] },
];

/** As the programme or the press gave it; `theo chương trình` is a figure of the task itself, not checked elsewhere. */
export const FIGURES: Readonly<Record<string, Text>> = {
  'telecom-subscribers': {
    vi: 'tháng 11/2022 khoảng 8 % khách hàng của Viettel không trùng khớp, khi rà lại 30 % trong số đó vốn đúng (danviet.vn, 15/3/2023)',
    en: 'in 11/2022 about 8 % of Viettel’s customers did not match, on re-check 30 % of those were right after all (danviet.vn, 15/3/2023)',
  },
  'bank-customers': {
    vi: '132,4 triệu hồ sơ khách hàng cá nhân đến 10/10/2025',
    en: '132.4 million personal customer files by 10/10/2025',
  },
  'credit-customers': {
    vi: '43,9 triệu khách hàng (theo chương trình); 6 đợt, 57 triệu bản ghi đã đối chiếu, khoảng 4,45 triệu được làm sạch',
    en: '43.9 million customers (the programme’s figure); 6 rounds, 57 million records compared, about 4.45 million cleaned',
  },
  'securities-practitioners': {
    vi: '13.366 người hành nghề (theo chương trình)',
    en: '13,366 practitioners (the programme’s figure)',
  },
  'ecommerce-sellers': {
    vi: '1.455 người bán (theo chương trình)',
    en: '1,455 sellers (the programme’s figure)',
  },
  'social-insurance': {
    vi: 'đến 5/4/2025 xác thực 100,2 triệu người, 90,5 triệu người tham gia = 98,8 %, không kể lực lượng vũ trang (vss.gov.vn)',
    en: 'by 5/4/2025 100.2 million people authenticated, 90.5 million participants = 98.8 %, armed forces apart (vss.gov.vn)',
  },
  'civil-servants': {
    vi: '2,32 triệu người (theo chương trình)',
    en: '2.32 million people (the programme’s figure)',
  },
  'land-parcels': {
    vi: '46 triệu thửa (theo chương trình); chiến dịch 90 ngày từ 1/9/2025: 49,7 lên 62,2 triệu thửa; Đồng Nai khớp 80 % người sử dụng',
    en: '46 million parcels (the programme’s figure); campaign of 90 days from 1/9/2025: 49.7 to 62.2 million; in Đồng Nai 80 % of the users match',
  },
  'driving-licences': {
    vi: 'hơn 20 triệu giấy phép bìa (1995–7/2013) chỉ có họ tên và năm sinh; của hơn 55 triệu đã cấp, 31 triệu đã khớp (en.binhthuan.gov.vn)',
    en: 'over 20 million paper licences (1995–7/2013) with name and year of birth only; of over 55 million issued 31 million matched (en.binhthuan.gov.vn)',
  },
  teachers: {
    vi: 'tháng 4/2022 đồng bộ 1,2 trong 1,4 triệu hồ sơ',
    en: 'in 4/2022 1.2 of 1.4 million files were synchronised',
  },
};
