namespace LaborBridge.Domain;

/// <summary>
/// Days from <see cref="From"/> to the day before <see cref="To"/>: [from, to). Without <see cref="To"/> it runs on. <c>default</c> holds every day.
/// </summary>
public readonly record struct Period
{
    /// <summary>Days from the first to the day before <paramref name="to"/>, or for ever when there is none.</summary>
    /// <exception cref="ArgumentException"><paramref name="to"/> is before <paramref name="from"/>. Equal days are an empty period.</exception>
    public Period(DateOnly from, DateOnly? to)
    {
        if (to < from)
            throw new ArgumentException("A period cannot end before it begins.", nameof(to));
        From = from;
        To = to;
    }

    /// <summary>The first day.</summary>
    public DateOnly From { get; }

    /// <summary>The first day after, or null while it runs on.</summary>
    public DateOnly? To { get; }

    /// <summary>Whether it holds no day.</summary>
    public bool IsEmpty => From == To;

    /// <summary>The number of days, or null while it runs on.</summary>
    public int? Days => To is { } to ? to.DayNumber - From.DayNumber : null;

    /// <summary>A period written with its last day, as people do; null runs on.</summary>
    public static Period Inclusive(DateOnly first, DateOnly? last) => new(first, last?.AddDays(1));

    /// <summary>Whether a day lies in it.</summary>
    public bool Contains(DateOnly day) => From <= day && (To is null || day < To);

    /// <summary>Whether they share a day.</summary>
    public bool Overlaps(Period other) =>
        !IsEmpty && !other.IsEmpty && (other.To is null || From < other.To) && (To is null || other.From < To);

    /// <summary>The days they share, or null.</summary>
    public Period? Intersect(Period other)
    {
        if (!Overlaps(other))
            return null;
        var to = To is null ? other.To : other.To is null || To < other.To ? To : other.To;
        return new Period(From > other.From ? From : other.From, to);
    }

    /// <summary><c>[2026-01-01, 2026-02-01)</c>; three dots where it runs on.</summary>
    public override string ToString() => $"[{From:yyyy-MM-dd}, {(To is { } to ? to.ToString("yyyy-MM-dd") : "…")})";
}
