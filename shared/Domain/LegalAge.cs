namespace LaborBridge.Domain;

/// <summary>
/// Ages that the law sets: 16 to work at all (Labour Law art. 15), 18 for every kind of work (art. 64), and the retirement age
/// under the decision of 13 September 2024 on raising it step by step from 2025.
/// </summary>
public static class LegalAge
{
    /// <summary>Nobody younger may even be introduced to work.</summary>
    public const int Work = 16;

    /// <summary>From 16 to this age heavy, toxic, high, hot and cold work is barred.</summary>
    public const int FullAge = 18;

    static readonly DateOnly ReformStart = new(2025, 1, 1);

    /// <summary>Completed years of age on a day; negative before birth.</summary>
    public static int On(DateOnly birthDate, DateOnly day)
    {
        var years = day.Year - birthDate.Year;
        return Reaches(birthDate, years) <= day ? years : years - 1;
    }

    /// <summary>The day on which somebody completes a number of years. Born on 29 February: 28 February in a common year (Civil Code art. 202).</summary>
    public static DateOnly Reaches(DateOnly birthDate, int years) => birthDate.AddYears(years);

    /// <summary>Whether somebody may begin to work on a day: 16 or over.</summary>
    public static bool MayWork(DateOnly birthDate, DateOnly on) => On(birthDate, on) >= Work;

    /// <summary>Whether somebody is a juvenile worker (未成年工) on a day: 16 or 17.</summary>
    public static bool IsJuvenile(DateOnly birthDate, DateOnly on) => On(birthDate, on) is >= Work and < FullAge;

    /// <summary>
    /// The statutory retirement day. Men 60 → 63, one month later for every four months from January 2025; women on the worker's track 50 → 55,
    /// one month for every two. The cadre's track of women (55 → 58) is not used: the people of this route are workers.
    /// </summary>
    public static DateOnly RetirementDay(Sex sex, DateOnly birthDate)
    {
        var (years, step, most) = sex switch
        {
            Sex.Male => (60, 4, 36),
            Sex.Female => (50, 2, 60),
            _ => throw new ArgumentOutOfRangeException(nameof(sex), sex, "Not a sex."),
        };
        var before = birthDate.AddYears(years);
        var monthsIntoReform = ((before.Year - ReformStart.Year) * 12) + before.Month - ReformStart.Month;
        var delay = monthsIntoReform < 0 ? 0 : Math.Min(most, (monthsIntoReform / step) + 1);
        return birthDate.AddMonths((years * 12) + delay);
    }

    /// <summary>Whether somebody has reached the retirement age on a day: a flag (work-injury insurance), never a bar.</summary>
    public static bool OverRetirementAge(Sex sex, DateOnly birthDate, DateOnly on) => RetirementDay(sex, birthDate) <= on;
}
