namespace LaborBridge.Matching.Engine;

/// <summary>Refuses broken input before anything runs. Every message says which entry and what is wrong with it.</summary>
internal static class Input
{
    /// <summary>A senior technician's.</summary>
    public const int HighestGrade = 5;

    /// <summary>A million yuan a month, in fen.</summary>
    public const long HighestPay = 100_000_000;

    /// <summary>The most trades or places that a worker can wish: ranks are kept in 8 bits.</summary>
    public const int MostWishes = 255;

    /// <exception cref="ArgumentException">A field is out of its range.</exception>
    public static void Check(WorkerEntry worker)
    {
        var who = $"worker {worker.Id}";
        Refuse(!IsDivision(worker.Home) || worker.Home.Length < DivisionPrefix.County, who, $"home '{worker.Home}' is no division code of six digits or more");
        foreach (var skill in worker.Skills)
        {
            RefuseEmpty(skill.Trade, who, "a skill has no trade");
            Refuse(skill.Grade is < 0 or > HighestGrade, who, $"grade {skill.Grade} in trade '{skill.Trade}' lies outside 0 to {HighestGrade}");
        }

        RefuseTwice(worker.Skills.Select(skill => skill.Trade), who, "skill");
        RefuseTwice(worker.Languages, who, "language");
        RefuseTwice(worker.WishedTrades, who, "wished trade");
        RefuseTwice(worker.WishedPlaces, who, "wished place");
        RefuseTwice(worker.CanteenWishes, who, "canteen wish");
        foreach (var trade in worker.WishedTrades)
            RefuseEmpty(trade, who, "a wished trade is missing");
        foreach (var language in worker.Languages)
            RefuseEmpty(language, who, "a language is missing");
        foreach (var place in worker.WishedPlaces)
            Refuse(!IsDivision(place), who, $"wished place '{place}' is no division code");
        Refuse(worker.PartnerAt is { } partner && !IsDivision(partner), who, $"partner's place '{worker.PartnerAt}' is no division code");
        Refuse(worker.LowestPay < 0, who, $"lowest pay {worker.LowestPay} is negative");
        Refuse(worker.LowestPay > HighestPay, who, $"lowest pay {worker.LowestPay} is above {HighestPay} fen a month");
        Refuse(worker.WishedTrades.Count > MostWishes || worker.WishedPlaces.Count > MostWishes, who, $"more than {MostWishes} wishes");
        Refuse(worker.ExperienceMonths < 0, who, $"experience of {worker.ExperienceMonths} months is negative");
        Refuse(worker.Priority is < 0 or > 100, who, $"priority {worker.Priority} lies outside 0 to 100");
    }

    /// <exception cref="ArgumentException">A field is out of its range.</exception>
    public static void Check(PostingEntry posting)
    {
        var which = $"posting {posting.Id}";
        Refuse(!IsDivision(posting.Site) || posting.Site.Length < DivisionPrefix.City, which, $"site '{posting.Site}' is no division code of four digits or more");
        RefuseEmpty(posting.Trade, which, "trade is missing");
        Refuse(posting.RequiredGrade is < 0 or > HighestGrade, which, $"required grade {posting.RequiredGrade} lies outside 0 to {HighestGrade}");
        RefuseTwice(posting.Certificates, which, "certificate");
        RefuseTwice(posting.Languages, which, "language");
        foreach (var language in posting.Languages)
            RefuseEmpty(language, which, "a language is missing");
        Refuse(posting.Headcount < 0, which, $"headcount {posting.Headcount} is negative");
        Refuse(posting.Accepted < 0, which, $"accepted {posting.Accepted} is negative");
        Refuse(posting.GuaranteedPay < 0, which, $"guaranteed pay {posting.GuaranteedPay} is negative");
        Refuse(posting.GuaranteedPay > HighestPay, which, $"guaranteed pay {posting.GuaranteedPay} is above {HighestPay} fen a month");
        Refuse(!Enum.IsDefined(posting.Lodging), which, $"lodging {(int)posting.Lodging} is no known value");
        Refuse(posting.MotionsPerMinute < 0, which, $"{posting.MotionsPerMinute} motions a minute is negative");
        Refuse(posting.ValidTo <= posting.ValidFrom, which, $"validity ends on {posting.ValidTo:yyyy-MM-dd}, not after its begin {posting.ValidFrom:yyyy-MM-dd}");
    }

    /// <exception cref="ArgumentException">A weight is negative or a sum of weights exceeds <see cref="Profile.HighestScore"/>.</exception>
    public static void Check(Profile profile)
    {
        var (worker, firm) = (profile.Worker, profile.Firm);
        CheckWeights("worker",
        [
            ("pay", worker.Pay), ("place", worker.Place), ("near-home", worker.NearHome), ("trade", worker.Trade), ("lodging", worker.Lodging),
            ("canteen", worker.Canteen), ("partner", worker.Partner), ("pairing", worker.Pairing),
        ]);
        CheckWeights("firm",
        [
            ("grade", firm.Grade), ("certificates", firm.Certificates), ("language", firm.Language), ("start", firm.Start), ("experience", firm.Experience), ("priority", firm.Priority),
        ]);
        Refuse(profile.PayCeiling <= 0, "profile", $"pay ceiling {profile.PayCeiling} is not positive");
        Refuse(profile.PayCeiling > HighestPay, "profile", $"pay ceiling {profile.PayCeiling} is above {HighestPay} fen");
    }

    /// <exception cref="ArgumentException">An entry or the profile is broken, or an id stands twice.</exception>
    public static void Check(IReadOnlyCollection<WorkerEntry> workers, IReadOnlyCollection<PostingEntry> postings, Profile profile)
    {
        Check(profile);
        foreach (var worker in workers)
            Check(worker);
        foreach (var posting in postings)
            Check(posting);
        RefuseTwice(workers.Select(worker => worker.Id), "workers", "id");
        RefuseTwice(postings.Select(posting => posting.Id), "postings", "id");
    }

    /// <exception cref="ArgumentException">A group is larger than any firm has free seats for.</exception>
    public static void Check(IReadOnlyCollection<Party> parties, IReadOnlyCollection<PostingEntry> postings)
    {
        var most = Party.MostSeats(postings);
        foreach (var party in parties)
            Refuse(party.IsTooLarge(most), $"group of worker {party.Members[0].Id}", $"{party.Members.Count} go together and no firm has more than {most} free seats");
    }

    static void CheckWeights(string side, ReadOnlySpan<(string Part, int Weight)> weights)
    {
        long sum = 0;
        foreach (var (part, weight) in weights)
        {
            Refuse(weight < 0, "profile", $"{side} weight '{part}' is {weight}; weights are not negative");
            sum += weight;
        }

        Refuse(sum > Profile.HighestScore, "profile", $"{side} weights sum to {sum}, above {Profile.HighestScore}");
    }

    static bool IsDivision(string? code) =>
        code is not null && DivisionPrefix.Lengths.Contains(code.Length) && code.All(char.IsAsciiDigit);

    static void RefuseEmpty(string? text, string where, string what) => Refuse(string.IsNullOrWhiteSpace(text), where, what);

    static void RefuseTwice<T>(IEnumerable<T> values, string where, string what)
    {
        var seen = new HashSet<T>();
        foreach (var value in values)
            Refuse(!seen.Add(value), where, $"{what} '{value}' stands twice");
    }

    static void Refuse(bool broken, string where, string what)
    {
        if (broken)
            throw new ArgumentException($"{where}: {what}");
    }
}
