// Long zone names that hosts print in languages other than English, where a name means one set of rules.

/**
 * One line for each: the IANA name, an equals sign, and the names of winter and summer. Left out are those that places with
 * different rules share in their own language, as the Spanish ones of North America, which Mexico has too: an unknown zone
 * is better than a wrong instant.
 */
const lines = `
America/New_York=北美东部标准时间|北美东部夏令时间|東部標準時間|東部夏令時間|北美東部標準時間|北美東部夏令時間|米国東部標準時|米国東部夏時間|미 동부 표준시|미 동부 하계 표준시
America/New_York=Nordamerikanische Ostküsten-Normalzeit|Nordamerikanische Ostküsten-Sommerzeit
America/New_York=heure normale de l'Est nord-américain|heure d'été de l'Est nord-américain
America/New_York=Ora standard orientale USA|Ora legale orientale USA|Horário Padrão do Leste|Horário de Verão do Leste
America/New_York=Eastern-standaardtijd|Eastern-zomertijd
America/New_York=czas wschodnioamerykański standardowy|czas wschodnioamerykański letni
America/New_York=Восточная Америка, стандартное время|Восточная Америка, летнее время
America/New_York=Kuzey Amerika Doğu Standart Saati|Kuzey Amerika Doğu Yaz Saati
America/Chicago=北美中部标准时间|北美中部夏令时间|中部標準時間|中部夏令時間|北美中部標準時間|北美中部夏令時間|米国中部標準時|米国中部夏時間|미 중부 표준시|미 중부 하계 표준시
America/Chicago=Nordamerikanische Zentral-Normalzeit|Nordamerikanische Zentral-Sommerzeit
America/Chicago=heure normale du centre nord-américain|heure d'été du centre nord-américain
America/Chicago=Ora standard centrale USA|Ora legale centrale USA|Horário Padrão Central|Horário de Verão Central
America/Chicago=Central-standaardtijd|Central-zomertijd
America/Chicago=czas środkowoamerykański standardowy|czas środkowoamerykański letni
America/Chicago=Центральная Америка, стандартное время|Центральная Америка, летнее время
America/Chicago=Kuzey Amerika Merkezi Standart Saati|Kuzey Amerika Merkezi Yaz Saati
America/Denver=北美山区标准时间|北美山区夏令时间|山區標準時間|山區夏令時間|北美山區標準時間|北美山區夏令時間|米国山岳標準時|米国山岳夏時間|미 산악 표준시|미 산지 하계 표준시
America/Denver=Rocky-Mountains-Normalzeit|Rocky-Mountains-Sommerzeit
America/Denver=heure normale des Rocheuses|heure d'été des Rocheuses
America/Denver=Ora standard Montagne Rocciose USA|Ora legale Montagne Rocciose USA
America/Denver=Horário Padrão das Montanhas|Horário de Verão das Montanhas|Mountain-standaardtijd|Mountain-zomertijd
America/Denver=czas górski standardowy|czas górski letni
America/Denver=Стандартное горное время (Северная Америка)|Летнее горное время (Северная Америка)
America/Denver=Kuzey Amerika Dağ Standart Saati|Kuzey Amerika Dağ Yaz Saati
America/Los_Angeles=北美太平洋标准时间|北美太平洋夏令时间|太平洋標準時間|太平洋夏令時間|北美太平洋標準時間|北美太平洋夏令時間|米国太平洋標準時|米国太平洋夏時間|미 태평양 표준시|미 태평양 하계 표준시
America/Los_Angeles=Nordamerikanische Westküsten-Normalzeit|Nordamerikanische Westküsten-Sommerzeit
America/Los_Angeles=heure normale du Pacifique nord-américain|heure d'été du Pacifique nord-américain
America/Los_Angeles=Ora standard del Pacifico USA|Ora legale del Pacifico USA
America/Los_Angeles=Horário Padrão do Pacífico|Horário de Verão do Pacífico|Pacific-standaardtijd|Pacific-zomertijd
America/Los_Angeles=czas pacyficzny standardowy|czas pacyficzny letni
America/Los_Angeles=Тихоокеанское стандартное время|Тихоокеанское летнее время
America/Los_Angeles=Kuzey Amerika Pasifik Standart Saati|Kuzey Amerika Pasifik Yaz Saati
America/Sao_Paulo=巴西利亚标准时间|巴西利亞標準時間|ブラジリア標準時|브라질리아 표준시|Brasília-Normalzeit|heure normale de Brasilia
America/Sao_Paulo=hora estándar de Brasilia|Ora standard di Brasilia|Horário Padrão de Brasília
America/Sao_Paulo=Braziliaanse standaardtijd|Brasília (czas standardowy)|Бразилия, стандартное время
America/Sao_Paulo=Brasilia Standart Saati
UTC=协调世界时|世界標準時間|協定世界時|협정 세계시|Koordinierte Weltzeit|temps universel coordonné|tiempo universal coordinado
UTC=Tempo coordinato universale|Horário Universal Coordenado|gecoördineerde wereldtijd|uniwersalny czas koordynowany
UTC=Всемирное координированное время|Eş Güdümlü Evrensel Zaman
Europe/London=格林尼治标准时间|英国夏令时间|格林威治標準時間|英國夏令時間|グリニッジ標準時|英国夏時間|그리니치 표준시|영국 하계 표준시
Europe/London=Mittlere Greenwich-Zeit|Britische Sommerzeit|heure moyenne de Greenwich|heure d'été britannique
Europe/London=hora del meridiano de Greenwich|hora de verano británica
Europe/London=Ora del meridiano di Greenwich|Ora legale del Regno Unito
Europe/London=Horário do Meridiano de Greenwich|Horário de Verão Britânico|Britse zomertijd|Brytyjski czas letni
Europe/London=Среднее время по Гринвичу|Великобритания, летнее время|Greenwich Ortalama Saati|İngiltere Yaz Saati
Europe/Paris=中欧标准时间|中欧夏令时间|中歐標準時間|中歐夏令時間|中央ヨーロッパ標準時|中央ヨーロッパ夏時間|중부유럽 표준시|중부유럽 하계 표준시
Europe/Paris=Mitteleuropäische Normalzeit|Mitteleuropäische Sommerzeit|Mitteleuropäische Zeit|Zentraleuropäische Zeit|Zentraleuropäische Sommerzeit
Europe/Paris=heure normale d'Europe centrale|heure d'été d'Europe centrale
Europe/Paris=hora estándar de Europa central|hora de verano de Europa central
Europe/Paris=Ora standard dell'Europa centrale|Ora legale dell'Europa centrale
Europe/Paris=Horário Padrão da Europa Central|Horário de Verão da Europa Central
Europe/Paris=Midden-Europese standaardtijd|Midden-Europese zomertijd
Europe/Paris=czas środkowoeuropejski standardowy|czas środkowoeuropejski letni
Europe/Paris=Центральная Европа, стандартное время|Центральная Европа, летнее время
Europe/Paris=Orta Avrupa Standart Saati|Orta Avrupa Yaz Saati
Europe/Moscow=莫斯科标准时间|莫斯科標準時間|モスクワ標準時|모스크바 표준시|Moskauer Normalzeit|heure normale de Moscou|hora estándar de Moscú
Europe/Moscow=Ora standard di Mosca|Horário Padrão de Moscou|Moskou-standaardtijd|Moskwa (czas standardowy)
Europe/Moscow=Москва, стандартное время|Moskova Standart Saati
Asia/Kolkata=印度时间|印度標準時間|印度時間|インド標準時|인도 표준시|Indische Normalzeit|heure de l'Inde|hora estándar de la India
Asia/Kolkata=Ora standard dell'India|Horário Padrão da Índia|Indiase tijd|czas indyjski standardowy|Индия
Asia/Kolkata=Hindistan Standart Saati
Asia/Singapore=新加坡标准时间|新加坡標準時間|新加坡時間|シンガポール標準時|싱가포르 표준시|Singapurische Normalzeit|heure de Singapour|hora de Singapur
Asia/Singapore=Ora di Singapore|Horário Padrão de Singapura|Singaporese standaardtijd|czas Singapur|Сингапур
Asia/Singapore=Singapur Standart Saati
Asia/Hong_Kong=香港标准时间|香港標準時間|香港標準時|홍콩 표준시|Hongkong-Normalzeit|heure normale de Hong Kong|hora estándar de Hong Kong
Asia/Hong_Kong=Ora standard di Hong Kong|Horário Padrão de Hong Kong|Hongkongse standaardtijd
Asia/Hong_Kong=Hongkong (czas standardowy)|Гонконг, стандартное время|Hong Kong Standart Saati
Asia/Shanghai=中国标准时间|中國標準時間|中国標準時|중국 표준시|Chinesische Normalzeit|heure normale de la Chine|hora estándar de China
Asia/Shanghai=Ora standard della Cina|Horário Padrão da China|Chinese standaardtijd|Chiny (czas standardowy)
Asia/Shanghai=Китай, стандартное время|Çin Standart Saati
Asia/Taipei=台北标准时间|台北標準時間|台湾標準時|대만 표준시|Taipeh-Normalzeit|heure normale de Taipei|hora estándar de Taipéi
Asia/Taipei=Ora standard di Taipei|Horário Padrão de Taipei|Taipei-standaardtijd|Tajpej (czas standardowy)
Asia/Taipei=Тайвань, стандартное время|Taipei Standart Saati
Asia/Tokyo=日本标准时间|日本標準時間|日本標準時|일본 표준시|Japanische Normalzeit|heure normale du Japon|hora estándar de Japón
Asia/Tokyo=Ora standard del Giappone|Horário Padrão do Japão|Japanse standaardtijd|Japonia (czas standardowy)
Asia/Tokyo=Япония, стандартное время|Japonya Standart Saati
Asia/Seoul=韩国标准时间|韓國標準時間|韓国標準時|한국 표준시|Koreanische Normalzeit|heure normale de la Corée|hora estándar de Corea
Asia/Seoul=Ora standard coreana|Horário Padrão da Coreia|Koreaanse standaardtijd|Korea (czas standardowy)
Asia/Seoul=Корея, стандартное время|Kore Standart Saati
Australia/Sydney=澳大利亚东部夏令时间|澳大利亚东部标准时间|澳洲東部夏令時間|澳洲東部標準時間|オーストラリア東部夏時間|オーストラリア東部標準時|호주 동부 하계 표준시|호주 동부 표준시
Australia/Sydney=Ostaustralische Sommerzeit|Ostaustralische Normalzeit
Australia/Sydney=heure d'été de l'Est de l'Australie|heure normale de l'Est de l'Australie
Australia/Sydney=hora de verano de Australia oriental|hora estándar de Australia oriental
Australia/Sydney=Ora legale dell'Australia orientale|Ora standard dell'Australia orientale
Australia/Sydney=Horário de Verão da Austrália Oriental|Horário Padrão da Austrália Oriental
Australia/Sydney=Oost-Australische zomertijd|Oost-Australische standaardtijd
Australia/Sydney=czas wschodnioaustralijski letni|czas wschodnioaustralijski standardowy
Australia/Sydney=Восточная Австралия, летнее время|Восточная Австралия, стандартное время
Australia/Sydney=Doğu Avustralya Yaz Saati|Doğu Avustralya Standart Saati
`;

export const localZones: readonly (readonly [name: string, iana: string])[] = lines
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [iana = '', names = ''] = line.split('=');
    return names.split('|').map((name) => [name, iana] as const);
  });
