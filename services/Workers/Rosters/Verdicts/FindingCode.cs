using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>What may be said about a row. The kebab-case names are the HTTP contract's.</summary>
internal enum FindingCode
{
    IdMissing,
    IdDestroyed,
    IdLength,
    IdCharacters,
    IdBirthDate,
    IdChecksum,
    IdKind,
    NameMissing,
    NameUnreadable,
    Under16,
    DivisionUnknown,
    OutsideScope,
    HouseholdElsewhere,
    NotRegistered,
    OutOfProgramme,
    CellTooLong,
    CellGarbled,
    DuplicateInFile,
    DuplicateElsewhere,
    FormulaError,
    TownUnknown,
    PhoneInvalid,
    ValueUnknown,
    NumberUnreadable,
    SexDiffers,
    BirthDateDiffers,
    CapacityContradictsWork,
    WorkIncomplete,
    WorkplaceUnknown,
    MonthsUnreadable,
    SpellOverlap,
    CompanionUnknown,
    NameDiffers,
}

/// <summary>How much a finding weighs.</summary>
internal enum Severity
{
    /// <summary>The row is stored; somebody should look at the cell.</summary>
    Warning,
    /// <summary>The row is not stored: it repeats another, or belongs to another station.</summary>
    Duplicate,
    /// <summary>The row is not stored.</summary>
    Error,
}

/// <summary>One finding: what, in which column, and a detail (a row number, words that were not known; never an ID or a phone).</summary>
internal sealed record Finding(FindingCode Code, Reading.Column? Column, string? Detail = null)
{
    public Severity Severity => FindingTexts.Of(Code).Severity;
}

/// <summary>The words of a finding.</summary>
internal sealed record FindingText(Severity Severity, Text Message, Text Advice);

/// <summary>The words of all findings, in both languages.</summary>
internal static class FindingTexts
{
    private static readonly Dictionary<FindingCode, FindingText> All = Enum.GetValues<FindingCode>().ToDictionary(code => code, Write);

    /// <summary>The words of a code.</summary>
    public static FindingText Of(FindingCode code) => All[code];

    /// <summary>The code as the HTTP contract has it.</summary>
    public static string Word(FindingCode code) => code == FindingCode.Under16 ? "under-16" : Kebab.Of(code);

    private static FindingText Write(FindingCode code) => code switch
    {
        FindingCode.IdMissing => Error("没有证件号码。", "The ID is missing.", "请补填 18 位公民身份号码。", "Enter the 18-character resident ID."),
        FindingCode.IdDestroyed => Error("证件号码已被表格软件改成数字，后几位丢失。", "A spreadsheet turned the ID into a number; its last digits are lost.",
            "请从原系统重新导出，或先把该列设为“文本”格式，再按证件重新填写完整号码；仅改格式不能恢复。", "Export again, or format the column as text and enter the numbers from the cards; changing the format alone brings nothing back."),
        FindingCode.IdLength => Error("证件号码位数不对。", "The ID has a wrong number of characters.", "公民身份号码为 18 位，残疾人证为 20 或 22 位。", "A resident ID has 18 characters, a disability certificate 20 or 22."),
        FindingCode.IdCharacters => Error("证件号码中有不应出现的字符。", "The ID holds a character that cannot stand there.", "前 17 位是数字，末位是数字或 X。", "17 digits, then a digit or X."),
        FindingCode.IdBirthDate => Error("证件号码第 7 至 14 位不是有效的出生日期。", "Characters 7 to 14 of the ID are no day of the calendar.", "请对照证件逐位核对。", "Compare with the card digit by digit."),
        FindingCode.IdChecksum => Error("证件号码末位校验码不符。", "The last character of the ID does not fit the others.", "有数字填错，请对照证件逐位核对。", "A digit is wrong; compare with the card."),
        FindingCode.IdKind => Error("证件类型不是居民身份证。", "The document is no resident ID.", "请改填居民身份证号码。", "Enter the resident ID."),
        FindingCode.NameMissing => Error("没有姓名。", "The name is missing.", "请补填姓名。", "Enter the name."),
        FindingCode.NameUnreadable => Error("姓名不像人名（过长或含数字）。", "The name does not look like one (too long, or with digits).", "请核对列是否错位。", "See whether the columns have shifted."),
        FindingCode.Under16 => Error("未满 16 周岁，或务工开始时未满 16 周岁，却填有务工信息，依法不得务工。", "Under 16, now or when the work began, and yet with work: barred by law.", "请核对证件号码与务工信息；属实的应立即上报。", "Check ID and work; if it is true, report it at once."),
        FindingCode.DivisionUnknown => Error("省、市、县、乡的名称无法识别。", "The names of province, prefecture, county and town are not known.", "请填写现行行政区划全称，如：宁夏回族自治区 固原市 西吉县 将台堡镇。", "Use the names of today, in full."),
        FindingCode.OutsideScope => Error("该户不在您的管辖范围内。", "The household is outside your divisions.", "请交由其户籍地工作站导入。", "Let the station of its home import it."),
        FindingCode.HouseholdElsewhere => Error("该户编号属于管辖范围以外的户，不能更改其户类型。", "The household's number belongs to one outside your divisions.", "请核对户编号。", "Check the household's number."),
        FindingCode.NotRegistered => Error("没有找到此人的登记信息。", "The person is not registered here.", "请先导入花名册或逐个登记；已在其他工作站登记的，请办理转入申请。", "Import the household roster first, or register the person; if another station has registered them, ask for a transfer."),
        FindingCode.OutOfProgramme => Error("此人已退出（迁出、死亡、撤回同意，或档案已并入另一份）。", "The person has left the programme.", "如需恢复，请在个人页面办理。", "Bring them back on the person's page."),
        FindingCode.CellTooLong => Error("单元格内容过长。", "The cell holds too much.", "请核对列是否错位，或删去多余内容。", "See whether the columns have shifted, or shorten it."),
        FindingCode.CellGarbled => Error("单元格中有乱码。", "The cell holds garbled characters.", "请重新填写该单元格，或改用 .xlsx 上传。", "Enter the cell again, or send the .xlsx."),
        FindingCode.DuplicateInFile => Duplicate("与本表前面的一行是同一人，只采用第一行。", "The same person as in a row before; the first one counts.", "请删去重复的行。", "Delete the row that repeats it."),
        FindingCode.DuplicateElsewhere => Duplicate("此人已在其他工作站登记。", "Another station has registered this person.", "如已迁来，请办理转入申请。", "If the person has moved here, ask for a transfer."),
        FindingCode.FormulaError => Warning("单元格里的公式出错（如 #REF!、#N/A），按空白处理。", "The cell's formula failed (#REF!, #N/A, …); it counts as a blank.",
            "请在原表中修好公式，或选择性粘贴为“数值”后再导入。", "Mend the formula, or paste the values only, and import again."),
        FindingCode.TownUnknown => Warning("乡镇名称无法识别，已按县登记。", "The town is not known; the county was taken.", "请核对乡镇的现行名称。", "Check the town's name of today."),
        FindingCode.PhoneInvalid => Warning("电话号码不对，未采用。", "Not a phone number; left out.", "手机号为 11 位；显示为 1.38E+10 的请设为“文本”后重填。", "A mobile has 11 digits; one shown as 1.38E+10 has to be entered again as text."),
        FindingCode.ValueUnknown => Warning("内容无法识别，未采用。", "The value is not known; left out.", "请按表样的选项填写。", "Use one of the form's options."),
        FindingCode.NumberUnreadable => Warning("编号无法识别，未采用。", "The number cannot be read; left out.", "编号只含数字和字母；显示为科学计数法的请设为“文本”后重填。", "Digits and letters only; one in scientific form has to be entered again as text."),
        FindingCode.SexDiffers => Warning("性别与证件号码不一致，以证件号码为准。", "The sex differs from the ID; the ID counts.", "请核对。", "Check it."),
        FindingCode.BirthDateDiffers => Warning("出生日期与证件号码不一致，以证件号码为准。", "The birth date differs from the ID; the ID counts.", "请核对。", "Check it."),
        FindingCode.CapacityContradictsWork => Warning("填为丧失或无劳动力，却有务工信息。", "Without labour capacity and yet at work.", "请核对劳动能力与务工信息。", "Check capacity and work."),
        FindingCode.WorkIncomplete => Warning("务工所在地与务工月数应同时填写，未形成务工记录。", "Workplace and months go together; no spell of work was recorded.", "请补填后再次导入。", "Fill in the other and import again."),
        FindingCode.WorkplaceUnknown => Warning("务工所在地无法识别到省，未形成务工记录。", "The workplace is not known; no spell of work was recorded.", "请写明省、市、县，如：福建省厦门市海沧区。", "Write province, city and county."),
        FindingCode.MonthsUnreadable => Warning("务工月数应为 1 到 12，且不超过当年已过的月数。", "Months are 1 to 12, and no more than the year has had.", "请核对务工时间。", "Check the months."),
        FindingCode.SpellOverlap => Warning("与已有的务工记录月份重叠，未采用本行务工信息。", "Overlaps a spell already recorded; this one was left out.", "请核对两处务工的起止月份。", "Check the months of the two."),
        FindingCode.CompanionUnknown => Warning("同行人未登记，未采用。", "The companion is not registered; left out.", "请填写同行人的公民身份号码，并先登记同行人。", "Enter the companion's resident ID and register them first."),
        FindingCode.NameDiffers => Warning("姓名与登记的不一致，未修改登记的姓名。", "The name differs from the registered one, which was kept.", "请核对；需要更正的，请在个人页面修改。", "Check it; correct it on the person's page."),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A finding without words."),
    };

    private static FindingText Error(string zh, string en, string adviceZh, string adviceEn) => new(Severity.Error, new Text(zh, en), new Text(adviceZh, adviceEn));

    private static FindingText Warning(string zh, string en, string adviceZh, string adviceEn) => new(Severity.Warning, new Text(zh, en), new Text(adviceZh, adviceEn));

    private static FindingText Duplicate(string zh, string en, string adviceZh, string adviceEn) => new(Severity.Duplicate, new Text(zh, en), new Text(adviceZh, adviceEn));
}
