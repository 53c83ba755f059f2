import { fileURLToPath } from 'node:url';
import { type Row, writeManifest, writeTable } from './table-file.js';

/**
 * Code lists that no machine-readable source gives as they are needed: kept here, one row a line, and written to
 * normalizers/data with their sources. Usage: node dist/scripts/tables-codes.js [LISTS FOLDER]; lists are not read
 */
interface CodeList {
  readonly columns: readonly string[];
  /** Of all rows, where they have one in common; else the last column says it. */
  readonly source?: string;
  readonly rows: string;
}

/** The 54 ethnic groups in both numberings. */
const ETHNIC_GROUPS: CodeList = {
  columns: ['name', 'code_1979', 'code_2008', 'other_names'],
  source: 'QĐ 121-TCTK/PPCĐ 1979; QĐ 1019/QĐ-TCTK 2008 (QCVN 109:2017 phụ lục E)',
  rows: `
Kinh | 01 | 01 | Việt
Tày | 02 | 02 |
Thái | 03 | 03 |
Hoa | 04 | 06 | Hán/Hoa (Hán)
Khmer | 05 | 05 | Khơ-me/Khơ Me/Khơme/Khmer Krom
Mường | 06 | 04 |
Nùng | 07 | 07 |
Mông | 08 | 08 | H'Mông/Hmông/HMông/H’mông/Mèo/Hmong/H'mông (Mèo)
Dao | 09 | 09 |
Gia Rai | 10 | 10 | Gia-rai/Giarai/Jrai/Jarai/J'rai
Ngái | 11 | 43 |
Ê Đê | 12 | 11 | Ê-đê/Êđê/Ê đê/Ra-đê/Ede
Ba Na | 13 | 12 | Ba-na/Bana/Bahnar
Xơ Đăng | 14 | 16 | Xơ-đăng/Xơđăng/Xê Đăng/Sedang
Sán Chay | 15 | 13 | Cao Lan/Sán Chỉ/Cao Lan - Sán Chỉ/Sán Chay (Cao Lan-Sán Chỉ)
Cơ Ho | 16 | 15 | Cơ-ho/K'Ho/Kơ Ho/Cờ Ho/Koho
Chăm | 17 | 14 | Chàm/Champa
Sán Dìu | 18 | 17 |
Hrê | 19 | 18 | H'rê/Hre
Mnông | 20 | 20 | M'Nông/Mơ Nông
Ra Glai | 21 | 19 | Ra-glai/Raglai/Ra Glay/Raglay
Xtiêng | 22 | 22 | X'tiêng/Stiêng/S'tiêng/Xa Điêng
Bru Vân Kiều | 23 | 24 | Bru/Vân Kiều/Bru - Vân Kiều
Thổ | 24 | 21 | Thổ (4)
Giáy | 25 | 26 | Dáy
Cơ Tu | 26 | 25 | Cơ-tu/Ca Tu/Katu
Giẻ Triêng | 27 | 29 | Gié-Triêng/Gié Triêng/Giẻ-Triêng/Giẻ/Triêng
Mạ | 28 | 28 | Châu Mạ
Khơ Mú | 29 | 23 | Khơ-mú/Khơmú/Khmu
Co | 30 | 30 | Cor
Tà Ôi | 31 | 27 | Ta-ôi/Tà-ôi/Ta Ôi/Pa Côh
Chơ Ro | 32 | 31 | Chơ-ro/Châu Ro
Kháng | 33 | 37 |
Xinh Mun | 34 | 32 | Xinh-mun
Hà Nhì | 35 | 33 |
Chu Ru | 36 | 34 | Chu-ru/Churu
Lào | 37 | 35 |
La Chí | 38 | 36 |
La Ha | 39 | 40 |
Phù Lá | 40 | 38 |
La Hủ | 41 | 39 |
Lự | 42 | 42 |
Lô Lô | 43 | 45 |
Chứt | 44 | 44 |
Mảng | 45 | 46 |
Pà Thẻn | 46 | 41 |
Cơ Lao | 47 | 47 | Cờ Lao/Co Lao
Cống | 48 | 49 |
Bố Y | 49 | 48 |
Si La | 50 | 50 |
Pu Péo | 51 | 51 |
Brâu | 52 | 53 |
Ơ Đu | 53 | 54 | Ơ-đu
Rơ Măm | 54 | 52 | Rơ-măm
Người nước ngoài | 55 | 55 | Nước ngoài/Ngoại kiều
`,
};

/** Countries: ISO 3166 codes, names in both languages, other names met. */
const NATIONALITIES: CodeList = {
  columns: ['code', 'alpha3', 'vi', 'en', 'other_names'],
  source: 'iso-3166/cldr-48',
  rows: `
AD | AND | Andorra | Andorra |
AE | ARE | Các Tiểu Vương quốc Ả Rập Thống nhất | United Arab Emirates | UAE/Các Tiểu vương quốc Ả Rập Thống nhất
AF | AFG | Afghanistan | Afghanistan |
AG | ATG | Antigua và Barbuda | Antigua & Barbuda | Antigua and Barbuda
AI | AIA | Anguilla | Anguilla |
AL | ALB | Albania | Albania |
AM | ARM | Armenia | Armenia |
AO | AGO | Angola | Angola |
AQ | ATA | Nam Cực | Antarctica |
AR | ARG | Argentina | Argentina |
AS | ASM | Samoa thuộc Mỹ | American Samoa |
AT | AUT | Áo | Austria | Austrian
AU | AUS | Úc | Australia | Ô-xtrây-li-a/Ốt-xtrây-li-a/Australian
AW | ABW | Aruba | Aruba |
AX | ALA | Quần đảo Åland | Åland Islands |
AZ | AZE | Azerbaijan | Azerbaijan |
BA | BIH | Bosnia và Herzegovina | Bosnia & Herzegovina | Bosnia and Herzegovina
BB | BRB | Barbados | Barbados |
BD | BGD | Bangladesh | Bangladesh |
BE | BEL | Bỉ | Belgium | Belgian
BF | BFA | Burkina Faso | Burkina Faso |
BG | BGR | Bulgaria | Bulgaria |
BH | BHR | Bahrain | Bahrain |
BI | BDI | Burundi | Burundi |
BJ | BEN | Benin | Benin |
BL | BLM | St. Barthélemy | St. Barthélemy | Saint Barthélemy
BM | BMU | Bermuda | Bermuda |
BN | BRN | Brunei | Brunei | Brunei Darussalam
BO | BOL | Bolivia | Bolivia | Bolivia, Plurinational State of
BQ | BES | Ca-ri-bê Hà Lan | Caribbean Netherlands | Bonaire, Sint Eustatius and Saba
BR | BRA | Brazil | Brazil |
BS | BHS | Bahamas | Bahamas |
BT | BTN | Bhutan | Bhutan |
BV | BVT | Đảo Bouvet | Bouvet Island |
BW | BWA | Botswana | Botswana |
BY | BLR | Belarus | Belarus |
BZ | BLZ | Belize | Belize |
CA | CAN | Canada | Canada | Ca-na-đa/Canadian
CC | CCK | Quần đảo Cocos (Keeling) | Cocos (Keeling) Islands |
CD | COD | Congo - Kinshasa | Congo - Kinshasa | Congo, The Democratic Republic of the
CF | CAF | Cộng hòa Trung Phi | Central African Republic |
CG | COG | Congo - Brazzaville | Congo - Brazzaville | Congo
CH | CHE | Thụy Sĩ | Switzerland | Swiss
CI | CIV | Côte d’Ivoire | Côte d’Ivoire | Côte d'Ivoire
CK | COK | Quần đảo Cook | Cook Islands |
CL | CHL | Chile | Chile |
CM | CMR | Cameroon | Cameroon |
CN | CHN | Trung Quốc | China | Trung Hoa/CHND Trung Hoa/Chinese
CO | COL | Colombia | Colombia |
CR | CRI | Costa Rica | Costa Rica |
CU | CUB | Cuba | Cuba | Cu Ba
CV | CPV | Cape Verde | Cape Verde | Cabo Verde
CW | CUW | Curaçao | Curaçao |
CX | CXR | Đảo Giáng Sinh | Christmas Island |
CY | CYP | Síp | Cyprus |
CZ | CZE | Séc | Czechia | Tiệp Khắc/CH Séc/Cộng hòa Séc/Czech Republic
DE | DEU | Đức | Germany | Cộng hòa Liên bang Đức/CHLB Đức/German
DJ | DJI | Djibouti | Djibouti |
DK | DNK | Đan Mạch | Denmark | Danish
DM | DMA | Dominica | Dominica |
DO | DOM | Cộng hòa Dominica | Dominican Republic |
DZ | DZA | Algeria | Algeria |
EC | ECU | Ecuador | Ecuador |
EE | EST | Estonia | Estonia |
EG | EGY | Ai Cập | Egypt |
EH | ESH | Tây Sahara | Western Sahara |
ER | ERI | Eritrea | Eritrea |
ES | ESP | Tây Ban Nha | Spain | Spanish
ET | ETH | Ethiopia | Ethiopia |
FI | FIN | Phần Lan | Finland | Finnish
FJ | FJI | Fiji | Fiji |
FK | FLK | Quần đảo Falkland | Falkland Islands | Falkland Islands (Malvinas)
FM | FSM | Micronesia | Micronesia | Micronesia, Federated States of
FO | FRO | Quần đảo Faroe | Faroe Islands |
FR | FRA | Pháp | France | Pháp quốc/French
GA | GAB | Gabon | Gabon |
GB | GBR | Vương quốc Anh | United Kingdom | Anh/Anh Quốc/Liên hiệp Anh/UK/England/Great Britain/British
GD | GRD | Grenada | Grenada |
GE | GEO | Georgia | Georgia |
GF | GUF | Guiana thuộc Pháp | French Guiana |
GG | GGY | Guernsey | Guernsey |
GH | GHA | Ghana | Ghana |
GI | GIB | Gibraltar | Gibraltar |
GL | GRL | Greenland | Greenland |
GM | GMB | Gambia | Gambia |
GN | GIN | Guinea | Guinea |
GP | GLP | Guadeloupe | Guadeloupe |
GQ | GNQ | Guinea Xích Đạo | Equatorial Guinea |
GR | GRC | Hy Lạp | Greece |
GS | SGS | Nam Georgia & Quần đảo Nam Sandwich | South Georgia & South Sandwich Islands | South Georgia and the South Sandwich Islands
GT | GTM | Guatemala | Guatemala |
GU | GUM | Guam | Guam |
GW | GNB | Guinea-Bissau | Guinea-Bissau |
GY | GUY | Guyana | Guyana |
HK | HKG | Đặc khu Hành chính Hồng Kông, Trung Quốc | Hong Kong SAR China | Hong Kong/Hồng Kông
HM | HMD | Quần đảo Heard và McDonald | Heard & McDonald Islands | Heard Island and McDonald Islands
HN | HND | Honduras | Honduras |
HR | HRV | Croatia | Croatia |
HT | HTI | Haiti | Haiti |
HU | HUN | Hungary | Hungary | Hung-ga-ri/Hungarian
ID | IDN | Indonesia | Indonesia | In-đô-nê-xi-a/Indonesian
IE | IRL | Ireland | Ireland |
IL | ISR | Israel | Israel |
IM | IMN | Đảo Man | Isle of Man |
IN | IND | Ấn Độ | India | Indian
IO | IOT | Lãnh thổ Ấn Độ Dương thuộc Anh | British Indian Ocean Territory |
IQ | IRQ | Iraq | Iraq |
IR | IRN | Iran | Iran | Iran, Islamic Republic of
IS | ISL | Iceland | Iceland |
IT | ITA | Italy | Italy | I-ta-li-a/Ý/Italian
JE | JEY | Jersey | Jersey |
JM | JAM | Jamaica | Jamaica |
JO | JOR | Jordan | Jordan |
JP | JPN | Nhật Bản | Japan | Nhật/Japanese
KE | KEN | Kenya | Kenya |
KG | KGZ | Kyrgyzstan | Kyrgyzstan |
KH | KHM | Campuchia | Cambodia | Cam-pu-chia/Căm-pu-chia/Cambodian/Khmer
KI | KIR | Kiribati | Kiribati |
KM | COM | Comoros | Comoros |
KN | KNA | St. Kitts và Nevis | St. Kitts & Nevis | Saint Kitts and Nevis
KP | PRK | Triều Tiên | North Korea | Korea, Democratic People's Republic of/Bắc Triều Tiên/CHDCND Triều Tiên
KR | KOR | Hàn Quốc | South Korea | Korea, Republic of/Đại Hàn Dân Quốc/Nam Hàn/Nam Triều Tiên/Korea/Korean/Cộng hòa Hàn Quốc
KW | KWT | Kuwait | Kuwait |
KY | CYM | Quần đảo Cayman | Cayman Islands |
KZ | KAZ | Kazakhstan | Kazakhstan |
LA | LAO | Lào | Laos | Lao People's Democratic Republic/CHDCND Lào/Lao
LB | LBN | Li-băng | Lebanon |
LC | LCA | St. Lucia | St. Lucia | Saint Lucia
LI | LIE | Liechtenstein | Liechtenstein |
LK | LKA | Sri Lanka | Sri Lanka |
LR | LBR | Liberia | Liberia |
LS | LSO | Lesotho | Lesotho |
LT | LTU | Litva | Lithuania |
LU | LUX | Luxembourg | Luxembourg |
LV | LVA | Latvia | Latvia |
LY | LBY | Libya | Libya |
MA | MAR | Ma-rốc | Morocco |
MC | MCO | Monaco | Monaco |
MD | MDA | Moldova | Moldova | Moldova, Republic of
ME | MNE | Montenegro | Montenegro |
MF | MAF | St. Martin | St. Martin | Saint Martin (French part)
MG | MDG | Madagascar | Madagascar |
MH | MHL | Quần đảo Marshall | Marshall Islands |
MK | MKD | Bắc Macedonia | North Macedonia |
ML | MLI | Mali | Mali |
MM | MMR | Myanmar (Miến Điện) | Myanmar (Burma) | Myanmar/Mi-an-ma/Miến Điện/Burma
MN | MNG | Mông Cổ | Mongolia |
MO | MAC | Đặc khu Hành chính Macao, Trung Quốc | Macao SAR China | Macao/Ma Cao/Macau
MP | MNP | Quần đảo Bắc Mariana | Northern Mariana Islands |
MQ | MTQ | Martinique | Martinique |
MR | MRT | Mauritania | Mauritania |
MS | MSR | Montserrat | Montserrat |
MT | MLT | Malta | Malta |
MU | MUS | Mauritius | Mauritius |
MV | MDV | Maldives | Maldives |
MW | MWI | Malawi | Malawi |
MX | MEX | Mexico | Mexico |
MY | MYS | Malaysia | Malaysia | Ma-lai-xi-a/Malaysian
MZ | MOZ | Mozambique | Mozambique |
NA | NAM | Namibia | Namibia |
NC | NCL | New Caledonia | New Caledonia |
NE | NER | Niger | Niger |
NF | NFK | Đảo Norfolk | Norfolk Island |
NG | NGA | Nigeria | Nigeria |
NI | NIC | Nicaragua | Nicaragua |
NL | NLD | Hà Lan | Netherlands | Dutch/Holland
NO | NOR | Na Uy | Norway | Norwegian
NP | NPL | Nepal | Nepal |
NR | NRU | Nauru | Nauru |
NU | NIU | Niue | Niue |
NZ | NZL | New Zealand | New Zealand | Niu Di-lân
OM | OMN | Oman | Oman |
PA | PAN | Panama | Panama |
PE | PER | Peru | Peru |
PF | PYF | Polynesia thuộc Pháp | French Polynesia |
PG | PNG | Papua New Guinea | Papua New Guinea |
PH | PHL | Philippines | Philippines | Phi-líp-pin/Philippine/Filipino
PK | PAK | Pakistan | Pakistan |
PL | POL | Ba Lan | Poland | Polish
PM | SPM | Saint Pierre và Miquelon | St. Pierre & Miquelon | Saint Pierre and Miquelon
PN | PCN | Quần đảo Pitcairn | Pitcairn Islands | Pitcairn
PR | PRI | Puerto Rico | Puerto Rico |
PS | PSE | Lãnh thổ Palestine | Palestinian Territories | Palestine, State of
PT | PRT | Bồ Đào Nha | Portugal | Portuguese
PW | PLW | Palau | Palau |
PY | PRY | Paraguay | Paraguay |
QA | QAT | Qatar | Qatar |
RE | REU | Réunion | Réunion |
RO | ROU | Romania | Romania |
RS | SRB | Serbia | Serbia |
RU | RUS | Nga | Russia | Russian Federation/Liên bang Nga/Russian
RW | RWA | Rwanda | Rwanda |
SA | SAU | Ả Rập Xê-út | Saudi Arabia |
SB | SLB | Quần đảo Solomon | Solomon Islands |
SC | SYC | Seychelles | Seychelles |
SD | SDN | Sudan | Sudan |
SE | SWE | Thụy Điển | Sweden | Swedish
SG | SGP | Singapore | Singapore | Xin-ga-po/Singaporean
SH | SHN | St. Helena | St. Helena | Saint Helena, Ascension and Tristan da Cunha
SI | SVN | Slovenia | Slovenia |
SJ | SJM | Svalbard và Jan Mayen | Svalbard & Jan Mayen | Svalbard and Jan Mayen
SK | SVK | Slovakia | Slovakia |
SL | SLE | Sierra Leone | Sierra Leone |
SM | SMR | San Marino | San Marino |
SN | SEN | Senegal | Senegal |
SO | SOM | Somalia | Somalia |
SR | SUR | Suriname | Suriname |
SS | SSD | Nam Sudan | South Sudan |
ST | STP | São Tomé và Príncipe | São Tomé & Príncipe | Sao Tome and Principe
SV | SLV | El Salvador | El Salvador |
SX | SXM | Sint Maarten | Sint Maarten | Sint Maarten (Dutch part)
SY | SYR | Syria | Syria | Syrian Arab Republic
SZ | SWZ | Eswatini | Eswatini |
TC | TCA | Quần đảo Turks và Caicos | Turks & Caicos Islands | Turks and Caicos Islands
TD | TCD | Chad | Chad |
TF | ATF | Lãnh thổ phía Nam Thuộc Pháp | French Southern Territories |
TG | TGO | Togo | Togo |
TH | THA | Thái Lan | Thailand | Thái/Thai
TJ | TJK | Tajikistan | Tajikistan |
TK | TKL | Tokelau | Tokelau |
TL | TLS | Timor-Leste | Timor-Leste |
TM | TKM | Turkmenistan | Turkmenistan |
TN | TUN | Tunisia | Tunisia |
TO | TON | Tonga | Tonga |
TR | TUR | Thổ Nhĩ Kỳ | Türkiye | Turkey
TT | TTO | Trinidad và Tobago | Trinidad & Tobago | Trinidad and Tobago
TV | TUV | Tuvalu | Tuvalu |
TW | TWN | Đài Loan | Taiwan | Taiwan, Province of China/Đài Bắc/Chinese Taipei/Trung Quốc (Đài Loan)
TZ | TZA | Tanzania | Tanzania | Tanzania, United Republic of
UA | UKR | Ukraina | Ukraine | U-crai-na/Ukrainian
UG | UGA | Uganda | Uganda |
UM | UMI | Các tiểu đảo xa của Hoa Kỳ | U.S. Outlying Islands | United States Minor Outlying Islands
US | USA | Hoa Kỳ | United States | Mỹ/Hợp chủng quốc Hoa Kỳ/America/American
UY | URY | Uruguay | Uruguay |
UZ | UZB | Uzbekistan | Uzbekistan |
VA | VAT | Thành Vatican | Vatican City | Holy See (Vatican City State)
VC | VCT | St. Vincent và Grenadines | St. Vincent & Grenadines | Saint Vincent and the Grenadines
VE | VEN | Venezuela | Venezuela | Venezuela, Bolivarian Republic of
VG | VGB | Quần đảo Virgin thuộc Anh | British Virgin Islands | Virgin Islands, British
VI | VIR | Quần đảo Virgin thuộc Hoa Kỳ | U.S. Virgin Islands | Virgin Islands, U.S.
VN | VNM | Việt Nam | Vietnam | Viet Nam/Việt/Kinh Việt Nam/CHXHCN Việt Nam
VU | VUT | Vanuatu | Vanuatu |
WF | WLF | Wallis và Futuna | Wallis & Futuna | Wallis and Futuna
WS | WSM | Samoa | Samoa |
YE | YEM | Yemen | Yemen |
YT | MYT | Mayotte | Mayotte |
ZA | ZAF | Nam Phi | South Africa |
ZM | ZMB | Zambia | Zambia |
ZW | ZWE | Zimbabwe | Zimbabwe |
`,
};

/** Relations to the head of a household. */
const RELATIONSHIPS: CodeList = {
  columns: ['name', 'key', 'en', 'other_names'],
  source: 'usage on residence and insurance forms',
  rows: `
Chủ hộ | chu_ho | Head of household | Chủ
Vợ/chồng | vo_chong | Spouse | Vợ hoặc chồng/Vợ chồng/Spouse
Vợ | vo | Wife |
Chồng | chong | Husband |
Con | con | Child | Con ruột/Con đẻ
Con trai | con_trai | Son | Con trai ruột
Con gái | con_gai | Daughter | Con gái ruột
Con nuôi | con_nuoi | Adopted child |
Con dâu | con_dau | Daughter-in-law |
Con rể | con_re | Son-in-law |
Con riêng | con_rieng | Stepchild | Con vợ/Con chồng/Con riêng của vợ/Con riêng của chồng
Cha | cha | Father | Bố/Ba/Cha đẻ/Bố đẻ/Cha ruột/Tía
Mẹ | me | Mother | Má/Mẹ đẻ/Mẹ ruột/Mợ đẻ
Cha/mẹ | cha_me | Parent | Bố mẹ/Cha mẹ/Bố hoặc mẹ
Cha nuôi | cha_nuoi | Adoptive father | Bố nuôi
Mẹ nuôi | me_nuoi | Adoptive mother | Má nuôi
Cha vợ/chồng | cha_vo_chong | Father-in-law | Bố vợ/Cha vợ/Bố chồng/Cha chồng
Mẹ vợ/chồng | me_vo_chong | Mother-in-law | Mẹ vợ/Mẹ chồng
Anh | anh | Elder brother | Anh ruột/Anh trai
Chị | chi | Elder sister | Chị ruột/Chị gái
Em | em | Younger sibling | Em ruột
Em trai | em_trai | Younger brother | Em trai ruột
Em gái | em_gai | Younger sister | Em gái ruột
Anh, chị, em | anh_chi_em | Sibling | Anh chị em/Anh chị em ruột
Anh rể | anh_re | Brother-in-law |
Chị dâu | chi_dau | Sister-in-law |
Em rể | em_re | Brother-in-law (younger) |
Em dâu | em_dau | Sister-in-law (younger) |
Ông | ong | Grandfather | Ông nội/Ông ngoại
Bà | ba | Grandmother | Bà nội/Bà ngoại
Cháu | chau | Grandchild, nephew or niece | Cháu ruột
Cháu nội | chau_noi | Grandchild (of a son) |
Cháu ngoại | chau_ngoai | Grandchild (of a daughter) |
Chắt | chat | Great-grandchild |
Bác | bac | Uncle or aunt (elder) | Bác ruột
Chú | chu | Uncle (father’s younger brother) | Chú ruột
Cô | co | Aunt (father’s sister) | Cô ruột
Cậu | cau | Uncle (mother’s brother) | Cậu ruột
Dì | di | Aunt (mother’s sister) | Dì ruột
Thím | thim | Aunt (wife of chú) |
Người giám hộ | giam_ho | Guardian | Giám hộ
Người ở nhờ | o_nho | Lodger | Ở nhờ/Ở thuê/Người ở thuê/Cùng ở nhờ/Cùng ở thuê/Người ở mượn
Quan hệ khác | khac | Other | Khác
`,
};

const TABLES: Readonly<Record<string, CodeList>> = {
  ethnic_groups: ETHNIC_GROUPS,
  nationalities: NATIONALITIES,
  relationships: RELATIONSHIPS,
};

function rowsOf(list: CodeList): Row[] {
  return list.rows
    .trim()
    .split('\n')
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const row = Object.fromEntries(list.columns.map((column, i) => [column, cells[i] ?? '']));
      return list.source === undefined ? row : { ...row, source: list.source };
    });
}

const folder = process.argv[3] ?? fileURLToPath(new URL('../../normalizers/data', import.meta.url));
for (const [name, list] of Object.entries(TABLES)) {
  const columns = list.source === undefined ? list.columns : [...list.columns, 'source'];
  writeTable(`${folder}/${name}.csv`, columns, rowsOf(list));
}
writeManifest(folder);
