using System.Collections.Immutable;
using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>How much a worker suits the firm. Nothing about home, household or person but the policy's priority, whose sentence names no status.</summary>
internal static class FirmFit
{
    const int DaysThatCount = 90;
    const int MonthsThatCount = 60;

    public static ImmutableArray<FitPart> Parts { get; } =
    [
        new("grade", Facet.Ask, profile => profile.Firm.Grade, Grade, pair => new(
            (pair.Posting.RequiredGrade == 0 ? "岗位不要求技能等级" : $"岗位要求{Chinese(pair.Posting.RequiredGrade)}") + $"，本人{Chinese(pair.Grade)}",
            (pair.Posting.RequiredGrade == 0 ? "No grade asked for" : $"{Words.English((SkillGrade)pair.Posting.RequiredGrade)} asked for") + $", {Words.English((SkillGrade)pair.Grade)} held")),
        new("certificates", Facet.Ask, profile => profile.Firm.Certificates, Certificates, pair => pair.Posting.Certificates.Count == 0
            ? new("岗位不要求证书", "No certificate asked for")
            : new(
                $"要求证书 {pair.Posting.Certificates.Count} 项，持有 {CertificatesHeld(pair)} 项",
                $"{CertificatesHeld(pair)} of {pair.Posting.Certificates.Count} certificates held")),
        new("language", Facet.Ask, profile => profile.Firm.Language, Language, LanguageSentence),
        new("start", Facet.Start, profile => profile.Firm.Start, Start, pair => new(
            $"{pair.Start:yyyy-MM-dd} 起可到岗", $"Can be there on {pair.Start:yyyy-MM-dd}")),
        new("experience", Facet.Worker, profile => profile.Firm.Experience, Experience, pair => pair.Worker.ExperienceMonths == 0
            ? new("未登记务工经历", "No earlier work registered")
            : new($"务工经历 {pair.Worker.ExperienceMonths} 个月", $"{pair.Worker.ExperienceMonths} months of work behind")),
        new("priority", Facet.Worker, profile => profile.Firm.Priority, (pair, weight) => weight * pair.Worker.Priority / 100, pair => pair.Worker.Priority > 0
            ? new("按政策优先推荐", "Recommended first by policy")
            : new("无政策优先", "No priority by policy")),
    ];

    static string Chinese(int grade) => grade == 0 ? "无等级" : Words.Chinese((SkillGrade)grade);

    // The grade asked for earns three fifths, two grades above it all, a lower one its share of the three fifths.
    static int Grade(Pair pair, int weight)
    {
        var (grade, asked) = (pair.Grade, pair.Posting.RequiredGrade);
        return grade < asked
            ? weight * 3 * grade / (5 * asked)
            : weight * (3 + Math.Min(2, grade - asked)) / 5;
    }

    static int Certificates(Pair pair, int weight) =>
        pair.Posting.Certificates.Count == 0 ? weight : weight * CertificatesHeld(pair) / pair.Posting.Certificates.Count;

    static int CertificatesHeld(Pair pair) => Overlap.Count(pair.Posting.Certificates, pair.Worker.Certificates);

    static int Language(Pair pair, int weight) =>
        pair.Posting.Languages.Count == 0 ? weight : weight * Overlap.Count(pair.Posting.Languages, pair.Worker.Languages) / pair.Posting.Languages.Count;

    // Of what the worker speaks only what is asked for is named: the rest is no business of the firm.
    static Sentence LanguageSentence(Pair pair)
    {
        if (pair.Posting.Languages.Count == 0)
            return new("岗位不要求语言", "No language asked for");
        var spoken = pair.Posting.Languages.Where(pair.Worker.Languages.Contains).ToArray();
        return new(
            $"要求会讲{Chinese(pair.Posting.Languages)}，" + (spoken.Length == 0 ? "本人未登记会讲" : $"本人会讲{Chinese(spoken)}"),
            $"{English(pair.Posting.Languages)} asked for; " + (spoken.Length == 0 ? "not among those noted" : $"{English(spoken)} spoken"));
    }

    static string Chinese(IReadOnlyList<string> languages) =>
        string.Join('、', languages.Select(code => Kebab.TryParse<SpokenLanguage>(code, out var language) ? Words.Chinese(language) : code));

    static string English(IReadOnlyList<string> languages) =>
        string.Join(", ", languages.Select(code => Kebab.TryParse<SpokenLanguage>(code, out var language) ? Words.English(language) : code));

    // All for who comes on the day the firm would have everyone, nothing after ninety days.
    static int Start(Pair pair, int weight)
    {
        var asked = Pair.Later(pair.Profile.AsOf, pair.Posting.StartsOn ?? pair.Posting.ValidFrom);
        return StartPoints(pair.Start.DayNumber - asked.DayNumber, weight);
    }

    public static int StartPoints(int daysLate, int weight) => weight * (DaysThatCount - Math.Clamp(daysLate, 0, DaysThatCount)) / DaysThatCount;

    static int Experience(Pair pair, int weight) => weight * Math.Min(pair.Worker.ExperienceMonths, MonthsThatCount) / MonthsThatCount;
}
