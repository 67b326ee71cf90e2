using LaborBridge.Domain;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>The two sheets that come in (domain.md of the contract, 4).</summary>
internal enum RosterSheet
{
    /// <summary>The monitoring system's export: whole households, where they live and perhaps work.</summary>
    [Word("花名册", "household roster")]
    Household,
    /// <summary>求职意愿摸底表, filled by calls: what registered workers wish, and whether they may be recommended.</summary>
    [Word("求职意愿摸底表", "wish sheet")]
    Wishes,
}

/// <summary>
/// The columns that are read, by the names that they have in the two sheets; the synonyms are common in counties' own versions. Compared
/// without blanks, with half-width brackets; what stands in brackets may be missing.
/// </summary>
internal enum Column
{
    [Word("姓名", "name", "户成员姓名", "家庭成员姓名", "人员姓名", "劳动力姓名", "务工人员姓名", "成员姓名")]
    Name,
    [Word("证件号码", "resident ID", "身份证号码", "身份证号", "身份证", "公民身份号码", "居民身份证号码", "居民身份证号", "证件号", "身份证件号码", "公民身份证号码")]
    ResidentId,
    [Word("证件类型", "kind of ID", "证件种类")]
    IdKind,
    [Word("省", "province", "省份", "省(自治区)", "省(区、市)", "所在省", "省级")]
    Province,
    [Word("市", "prefecture", "地市", "市(州)", "地级市", "所在市", "市级", "市(地)")]
    Prefecture,
    [Word("县", "county", "县区", "县(区)", "县(市、区)", "区县", "区(县)", "县市区", "所在县", "县级", "户籍县")]
    County,
    [Word("乡", "town", "乡镇", "乡(镇)", "乡镇(街道)", "乡(镇、街道)", "镇", "所在乡镇", "乡级", "街道", "户籍乡镇")]
    Town,
    [Word("村", "village", "行政村", "村(社区)", "村居", "村社区", "所在村", "村级", "社区", "村(居)委会")]
    Village,
    [Word("户编号", "household number", "户编码", "家庭编号", "户号")]
    HouseholdNumber,
    [Word("人口编号", "person number", "人员编号", "人口编码", "个人编号")]
    PersonNumber,
    [Word("性别", "sex")]
    Sex,
    [Word("出生日期", "birth date", "出生年月", "出生年月日", "生日")]
    BirthDate,
    [Word("户联系电话", "household phone", "户主联系电话", "家庭联系电话", "户主电话")]
    HouseholdPhone,
    [Word("成员联系电话", "phone", "联系电话", "手机号码", "手机号", "电话", "联系方式", "本人联系电话", "手机", "电话号码", "本人电话")]
    MemberPhone,
    [Word("年度", "year", "年份", "数据年度")]
    Year,
    [Word("与户主关系", "relation to head", "与户主的关系", "户主关系", "关系")]
    Relation,
    [Word("文化程度", "education", "学历", "受教育程度")]
    Education,
    [Word("劳动技能", "labour capacity", "劳动能力", "劳动力类型", "劳动力状况")]
    LabourCapacity,
    [Word("务工时间(月)", "months worked", "务工时间", "务工月数", "务工时长", "务工时长(月)", "务工时间(月数)", "外出务工时间")]
    Months,
    [Word("健康状况", "health", "身体状况")]
    Health,
    [Word("务工企业名称", "employer", "务工企业", "务工单位", "企业名称", "务工单位名称", "就业单位", "用工单位", "务工企业(单位)名称")]
    Employer,
    [Word("产业分类", "industry", "产业类型", "所属产业", "行业")]
    Industry,
    [Word("公益性岗位类型", "public-welfare post", "公益岗位类型", "公益性岗位", "公益岗类型")]
    PublicPost,
    [Word("公益性岗位(月数)", "months on a public-welfare post", "公益岗位月数", "公益性岗位月数")]
    PublicPostMonths,
    [Word("就业渠道", "channel", "务工渠道", "输出渠道", "输转渠道", "就业途径")]
    Channel,
    [Word("务工所在地", "workplace", "务工地点", "务工地", "务工地址", "就业地点", "务工区域", "现务工地")]
    Workplace,
    [Word("识别标准", "household status", "户类型", "农户类型", "户属性", "监测对象类别", "识别类型", "脱贫户类型", "家庭类型")]
    HouseholdStatus,

    [Word("外出意愿", "willing", "务工意愿", "就业意愿", "外出务工意愿", "是否愿意外出", "求职意愿", "是否有外出意愿", "是否愿意外出务工")]
    Willing,
    [Word("意向地区", "wished places", "意向务工地", "意向地点", "意向就业地", "意向区域", "意向城市", "期望地区")]
    WishedPlaces,
    [Word("意向工种", "wished trades", "意向岗位", "期望工种", "意向职业", "期望岗位", "求职工种")]
    WishedTrades,
    [Word("期望月薪", "wished pay", "期望薪资", "期望工资", "意向薪资", "意向月薪", "薪资要求", "期望月工资", "期望月薪(元)")]
    WishedPay,
    [Word("可出发日期", "earliest start", "可出发时间", "出发日期", "出发时间", "可外出时间", "可到岗时间", "到岗时间")]
    From,
    [Word("食宿要求", "board and lodging", "食宿", "住宿要求", "吃住要求")]
    Lodging,
    [Word("技能证书", "certificates", "证书", "职业资格证书", "技能等级证书", "持有证书")]
    Certificates,
    [Word("会讲语言", "languages", "语言", "会说语言", "会讲的语言", "会说的语言", "语言能力", "方言")]
    Languages,
    [Word("同行人", "travels with", "同行人员", "同伴", "结伴人员", "同行人身份证号")]
    With,
    [Word("同意推荐", "consent to be recommended", "是否同意推荐", "同意推荐岗位", "是否同意推荐岗位", "授权推荐", "同意推荐就业")]
    Consent,
    [Word("同意方式", "form of the consent", "授权方式", "同意形式")]
    ConsentForm,
    [Word("摸底日期", "day of the call", "调查日期", "登记日期", "填表日期", "同意日期", "摸底时间")]
    AskedOn,

    [Word("政治面貌", "political affiliation")]
    PoliticalStatus,
    [Word("是否享受低保", "receives subsistence allowance", "是否低保", "低保", "享受低保")]
    Allowance,
    [Word("户主证件号码", "head's ID", "户主身份证号码", "户主身份证号", "户主证件号")]
    HeadId,
    [Word("户主姓名", "head's name", "户主")]
    HeadName,
    [Word("民族", "ethnic group")]
    EthnicGroup,
    [Word("残疾类别", "disability", "残疾类型", "残疾等级")]
    Disability,
    [Word("在校生状况", "pupil or student", "在校状况", "在校生")]
    Schooling,
    [Word("是否会讲普通话", "speaks Mandarin", "会讲普通话", "普通话")]
    Mandarin,
    [Word("序号", "line", "编号", "No", "No.")]
    Line,
    [Word("备注", "remarks", "说明")]
    Remarks,
}

/// <summary>What is read of which sheet.</summary>
internal static class Columns
{
    /// <summary>How many columns there are.</summary>
    public static readonly int Count = Enum.GetValues<Column>().Length;

    private static readonly Column[] Shared = [Column.Name, Column.ResidentId, Column.IdKind, Column.MemberPhone];

    /// <summary>Recognised and dropped where the file is read: not to be stored (domain.md 4), of another person, or of no use here.</summary>
    private static readonly HashSet<Column> Dropped =
    [
        Column.PoliticalStatus, Column.Allowance, Column.HeadId, Column.HeadName, Column.EthnicGroup, Column.Disability, Column.Schooling, Column.Mandarin, Column.Line, Column.Remarks,
    ];

    private static readonly HashSet<Column> Household =
    [
        .. Shared, Column.Province, Column.Prefecture, Column.County, Column.Town, Column.Village, Column.HouseholdNumber, Column.PersonNumber, Column.Sex, Column.BirthDate,
        Column.HouseholdPhone, Column.Year, Column.Relation, Column.Education, Column.LabourCapacity, Column.Months, Column.Health, Column.Employer, Column.Industry,
        Column.PublicPost, Column.PublicPostMonths, Column.Channel, Column.Workplace, Column.HouseholdStatus,
    ];

    private static readonly HashSet<Column> Wishes =
    [
        .. Shared, Column.Willing, Column.WishedPlaces, Column.WishedTrades, Column.WishedPay, Column.From, Column.Lodging, Column.Certificates, Column.Languages, Column.With, Column.Consent,
        Column.ConsentForm, Column.AskedOn,
    ];

    /// <summary>The columns that a sheet may have, in the order of the list.</summary>
    public static IReadOnlySet<Column> Of(RosterSheet sheet) => sheet == RosterSheet.Household ? Household : Wishes;

    /// <summary>Whether the column's cells stay outside.</summary>
    public static bool IsDropped(Column column) => Dropped.Contains(column);

    /// <summary>Whether the column holds what must not be kept, not even in the result that is sent back.</summary>
    public static bool IsPrivate(Column column) => column is Column.PoliticalStatus or Column.Allowance or Column.HeadId;

    /// <summary>Whether the sheet's official form has the column, so that its absence is worth telling.</summary>
    public static bool IsExpected(Column column) => column is not (Column.IdKind or Column.ConsentForm or Column.AskedOn);

    /// <summary>Reads a header's cell; null when it names no column that we know.</summary>
    public static Column? Find(string header)
    {
        var word = Normal(header);
        return Words.TryParse(word, out Column column) || Words.TryParse(WithoutBrackets(word), out column) ? column : null;
    }

    private static string Normal(string header) => Cells.Word(header).Trim('*', ':', '#', '.', '、');

    private static string WithoutBrackets(string word) => word.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? word[..at] : word;
}
