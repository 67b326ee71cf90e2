using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// A willing worker as the engine sees one. Nothing here tells sex, ethnic group, age (but for minors), health or marriage, and nothing may.
/// </summary>
internal sealed record WorkerEntry
{
    public required Guid Id { get; init; }

    /// <summary>Division code of the home, six digits or more.</summary>
    public required string Home { get; init; }

    public IReadOnlyList<Skill> Skills { get; init; } = [];

    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Languages spoken, as <see cref="SpokenLanguage"/> is written: the worker's own word, never inferred.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Months of work behind the worker, in whatever trade.</summary>
    public int ExperienceMonths { get; init; }

    /// <summary>Wished trades, dearest first; none means <see cref="Trades.General"/>.</summary>
    public IReadOnlyList<string> WishedTrades { get; init; } = [];

    /// <summary>Wished places as division codes of any level, dearest first; none means anywhere.</summary>
    public IReadOnlyList<string> WishedPlaces { get; init; } = [];

    /// <summary>Lowest monthly pay the worker goes for, in fen; 0 means none named.</summary>
    public long LowestPay { get; init; }

    /// <summary>First day on which the worker can start.</summary>
    public required DateOnly From { get; init; }

    public bool NeedsLodging { get; init; }

    /// <summary>What the canteen should offer: the worker's own words, never inferred.</summary>
    public IReadOnlyList<string> CanteenWishes { get; init; } = [];

    /// <summary>For minors only: the day on which the worker turns 18. Null for adults.</summary>
    public DateOnly? Turns18On { get; init; }

    /// <summary>The couple or group that the worker travels with.</summary>
    public Guid? With { get; init; }

    /// <summary>Division code of the place where the partner or group works or has accepted work; null if there is none.</summary>
    public string? PartnerAt { get; init; }

    /// <summary>What policy grants this household on the firm's order, 0 to 100 per cent of the profile's priority weight.</summary>
    public int Priority { get; init; }

    /// <summary>Consent to be recommended stands.</summary>
    public bool Consent { get; init; }

    /// <summary>No placement is running.</summary>
    public bool Free { get; init; }
}

/// <summary>A grade in a trade: 0 none, 1 junior, 2 intermediate, 3 senior, 4 technician, 5 senior technician.</summary>
internal sealed record Skill(string Trade, int Grade);
