using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// A worker as sent. At registration name, residentId and hukou are needed. In a correction what is absent stays as it is, an empty
/// text or list clears, and masked values that come back unchanged stay too, since nobody has the unmasked ones at hand.
/// </summary>
internal sealed record WorkerBody(
    string? Name = null, string? ResidentId = null, IReadOnlyList<string>? Phones = null, string? Hukou = null, AddressBody? Address = null,
    string? HouseholdNumber = null, string? PersonNumber = null, string? RelationToHead = null, string? Education = null, string? LabourCapacity = null,
    IReadOnlyList<SkillBody>? Skills = null, IReadOnlyList<string>? Certificates = null, WishesBody? Wishes = null, IReadOnlyList<ConsentBody>? Consents = null,
    IReadOnlyList<DatedStatus>? HouseholdStatuses = null, string? Health = null, string? EthnicGroup = null, IReadOnlyList<string>? Groups = null)
{
    /// <summary>Nothing of what was sent: it may reach a log.</summary>
    public override string ToString() => nameof(WorkerBody);

    /// <summary>The facts, with everything that is wrong noted in <paramref name="checks"/> (the facts are of no use then).</summary>
    public WorkerFacts Check(Checks checks, DateOnly today, WorkerFacts? before = null, Guid? worker = null)
    {
        var hukou = CheckHukou(checks, before);
        return new WorkerFacts(
            new Person(
                CheckName(checks, before?.Person),
                CheckResidentId(checks, today, before?.Person),
                CheckPhones(checks, before?.Person),
                Kept(checks, "address.text", Address?.Text, before?.Person.AddressText, 200),
                Kept(checks, "health", Health, before?.Person.Health, 200),
                Kept(checks, "ethnicGroup", EthnicGroup, before?.Person.EthnicGroup, 40)),
            hukou,
            CheckAddress(checks, before),
            CheckNumber(checks, "householdNumber", HouseholdNumber, before?.HouseholdNumber),
            CheckNumber(checks, "personNumber", PersonNumber, before?.PersonNumber),
            Kept(checks, "relationToHead", RelationToHead, before?.RelationToHead, 20),
            CheckWord<Education>(checks, "education", Education, before?.Education),
            CheckWord<LabourCapacity>(checks, "labourCapacity", LabourCapacity, before?.LabourCapacity),
            Skills is null ? before?.Skills ?? [] : [.. Skills.Select((skill, i) => skill.Check(checks, $"skills[{i}]"))],
            CheckTexts(checks, "certificates", Certificates, before?.Certificates),
            CheckTexts(checks, "groups", Groups, before?.Groups),
            Wishes?.Check(checks, "wishes", worker) is { } wishes ? wishes with { Languages = wishes.Languages ?? before?.Wishes?.Languages } : before?.Wishes,
            [.. (Consents ?? []).Select((consent, i) => consent.Check(checks, $"consents[{i}]", today))],
            CheckStatuses(checks, before));
    }

    private string CheckName(Checks checks, Person? before)
    {
        if (Name is null && before is not null)
        {
            return before.Name;
        }

        var name = Name?.Trim() ?? "";
        checks.That(name.Length > 0, "name", "name-missing", "请填写姓名。", "The name is missing.");
        checks.That(name.Length <= 50 && !name.Any(char.IsAsciiDigit), "name", "name-unreadable", "姓名不超过 50 个字，且不含数字。", "A name has at most 50 characters and no digits.");
        return name;
    }

    private ResidentId CheckResidentId(Checks checks, DateOnly today, Person? before)
    {
        if (before is not null && (ResidentId is null || ResidentId == before.ResidentId.ToString()))
        {
            return before.ResidentId;
        }

        if (!Domain.ResidentId.TryParse(ResidentId, out var id, out var error))
        {
            checks.Add(Refused.ResidentId("residentId", error));
        }
        else if (id.AgeOn(today) < LegalAge.Work)
        {
            checks.Add(Refused.Under16("residentId"));
        }
        else
        {
            checks.That(id.AgeOn(today) <= 100, "residentId", "id-birth-date", "按证件号码推算年龄超过 100 岁，请核对证件。", "By this number the person is over 100 years old; check the card.");
        }

        return id;
    }

    private IReadOnlyList<Phone> CheckPhones(Checks checks, Person? before)
    {
        if (Phones is null)
        {
            return before?.Phones ?? [];
        }

        checks.That(Phones.Count <= 5, "phones", "too-many", "联系电话最多 5 个。", "At most five phones.");
        var phones = new List<Phone>();
        for (var i = 0; i < Phones.Count; i++)
        {
            var known = before?.Phones.FirstOrDefault(phone => phone.ToString() == Phones[i]) ?? default;
            if (!known.IsEmpty || Phone.TryParse(Phones[i], out known, out _))
            {
                phones.Add(known);
            }
            else
            {
                checks.Add($"phones[{i}]", "phone-invalid", "电话号码不对：手机号为 11 位，固定电话请带区号。", "Not a phone number: 11 digits for a mobile, the area code before a line.");
            }
        }

        return [.. phones.Distinct()];
    }

    private DivisionCode CheckHukou(Checks checks, WorkerFacts? before)
    {
        if (Hukou is null && before is not null)
        {
            return before.Hukou;
        }

        if (!DivisionCode.TryParse(Hukou, out var code) || !Divisions.Exists(code))
        {
            Note.UnknownDivision(checks, "hukou", Hukou);
            return default;
        }

        checks.That(code.Level >= DivisionLevel.County, "hukou", "division-too-coarse", "户籍所在地至少要填到县（6 位代码）。", "Give the hukou down to the county (6 digits) at least.");
        return code;
    }

    private DivisionCode? CheckAddress(Checks checks, WorkerFacts? before)
    {
        if (Address?.Division is not { } text)
        {
            return before?.AddressDivision;
        }

        if (text.Trim().Length == 0)
        {
            return null;
        }

        if (DivisionCode.TryParse(text, out var code) && Divisions.Exists(code))
        {
            return code;
        }

        Note.UnknownDivision(checks, "address.division", text);
        return null;
    }

    private IReadOnlyList<DatedStatus>? CheckStatuses(Checks checks, WorkerFacts? before)
    {
        if (HouseholdStatuses is null)
        {
            return null;
        }

        checks.That((HouseholdNumber ?? before?.HouseholdNumber) is { Length: > 0 }, "householdNumber", "required", "填写户类型时必须填写户编号。", "Statuses need the household's number.");
        return Household.Check(checks, "householdStatuses", HouseholdStatuses);
    }

    private static string? CheckNumber(Checks checks, string field, string? text, string? before)
    {
        if (text is null)
        {
            return before;
        }

        var number = Cells.Identifier(text);
        checks.That(!Cells.IsDestroyedNumber(number), field, "number-destroyed", "编号被表格软件改成了科学计数法，请按文本重新填写。", "A spreadsheet destroyed the number; enter it as text.");
        checks.That(number.Length <= 40 && number.All(char.IsAsciiLetterOrDigit), field, "number-unreadable", "编号只含数字和字母，不超过 40 位。", "Digits and letters only, at most 40.");
        return number.Length == 0 ? null : number;
    }

    private static string? CheckWord<T>(Checks checks, string field, string? text, string? before) where T : struct, Enum
    {
        if (text is null)
        {
            return before;
        }

        var known = text.Trim().Length == 0 || Kebab.TryParse<T>(text, out _);
        return known ? text.Trim() is { Length: > 0 } word ? word : null : Note.UnknownWord(checks, field, text, Kebab.All<T>());
    }

    private static IReadOnlyList<string> CheckTexts(Checks checks, string field, IReadOnlyList<string>? texts, IReadOnlyList<string>? before)
    {
        if (texts is null)
        {
            return before ?? [];
        }

        var read = texts.Select(text => text?.Trim() ?? "").Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        checks.That(read.Count <= 20 && read.TrueForAll(text => text.Length <= 60), field, "too-long", "最多 20 项，每项不超过 60 个字。", "At most 20 items of 60 characters.");
        return read;
    }

    private static string? Kept(Checks checks, string field, string? text, string? before, int longest) => text is null ? before : checks.Longest(field, text, longest);
}

/// <summary>The present address: a division as fine as known, the rest as text.</summary>
internal sealed record AddressBody(string? Division = null, string? Text = null);

/// <summary>A skill as sent.</summary>
internal sealed record SkillBody(string? Trade, string? Grade = null)
{
    public Skill Check(Checks checks, string field)
    {
        var trade = Trades.Find(Trade)?.Code ?? Note.UnknownTrade(checks, $"{field}.trade", Trade);
        var grade = Grade is null || Kebab.TryParse<SkillGrade>(Grade, out _) ? Grade ?? "none" : Note.UnknownWord(checks, $"{field}.grade", Grade, Kebab.All<SkillGrade>());
        return new Skill(trade, grade);
    }
}

/// <summary>A worker's facts after all checks.</summary>
internal sealed record WorkerFacts(
    Person Person, DivisionCode Hukou, DivisionCode? AddressDivision, string? HouseholdNumber, string? PersonNumber, string? RelationToHead, string? Education,
    string? LabourCapacity, IReadOnlyList<Skill> Skills, IReadOnlyList<string> Certificates, IReadOnlyList<string> Groups, Wishes? Wishes,
    IReadOnlyList<NewConsent> Consents, IReadOnlyList<DatedStatus>? HouseholdStatuses)
{
    /// <summary>A status that a sheet shows for the household on a day; joined with what is known, where <see cref="HouseholdStatuses"/> replaces it.</summary>
    public SeenStatus? SeenStatus { get; init; }

    /// <summary>The home.</summary>
    public DivisionCode Home => Worker.Home(Hukou, AddressDivision);

    /// <summary>The facts of a stored worker.</summary>
    public static WorkerFacts Of(WorkerRow row, Person person) => new(
        person, DivisionCode.Parse(row.Hukou), row.AddressDivision is null ? null : DivisionCode.Parse(row.AddressDivision), row.HouseholdNumber, row.PersonNumber,
        row.RelationToHead, row.Education, row.LabourCapacity, Stored.Skills(row), Stored.Certificates(row), Stored.Groups(row), Stored.Wishes(row), [], HouseholdStatuses: null);
}

/// <summary>A household status seen on a day.</summary>
internal sealed record SeenStatus(string Code, DateOnly On);

/// <summary>Refusals in words for a clerk, shared by the form and the roster.</summary>
internal static class Refused
{
    /// <summary>A resident ID that is none.</summary>
    public static FieldError ResidentId(string field, ResidentIdError error) => error switch
    {
        ResidentIdError.Missing => new(field, "id-missing", new Text("请填写公民身份号码。", "The resident ID is missing.")),
        ResidentIdError.Destroyed => new(field, "id-destroyed", new Text(
            "号码已被表格软件改成数字，后几位丢失。请把该列设为“文本”格式，重新填写完整号码。",
            "A spreadsheet turned the number into a figure and lost its last digits. Format the column as text and enter the number again.")),
        ResidentIdError.Length => new(field, "id-length", new Text("公民身份号码应为 18 位（残疾人证为 20 或 22 位）。", "A resident ID has 18 characters (a disability certificate 20 or 22).")),
        ResidentIdError.Characters => new(field, "id-characters", new Text("号码中有不应出现的字符：前 17 位是数字，末位是数字或 X。", "17 digits and a digit or X are expected.")),
        ResidentIdError.BirthDate => new(field, "id-birth-date", new Text("第 7 至 14 位不是有效的出生日期。", "Characters 7 to 14 are no day of the calendar.")),
        ResidentIdError.Checksum => new(field, "id-checksum", new Text("末位校验码不符，请对照证件逐位核对。", "The last character does not fit the others; compare with the card.")),
        ResidentIdError.None => throw new ArgumentOutOfRangeException(nameof(error)),
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };

    /// <summary>Labour Law art. 15.</summary>
    public static FieldError Under16(string field) => new(field, "under-16", new Text(
        "未满 16 周岁，依法不得登记求职或介绍就业。", "Under 16: by law nobody under 16 may be introduced to work."));
}
