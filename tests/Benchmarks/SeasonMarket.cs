using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>
/// The invented season that figures are taken on and large tests run on; everything follows from the seed. Market A: 1,500 trades of very different size, 60 cities, 200 home counties.
/// Market B: the same, but six in ten workers and postings are general labour (普工), so that one trade holds most of the pairs.
/// </summary>
internal sealed class SeasonMarket
{
    const int TradeCount = 1_500, CityCount = 60, CountyCount = 200, PairingCount = 150, MostSeats = 500;
    const double PostingsPerWorker = 60_000.0 / 330_000;

    public static readonly DateOnly Day = new(2026, 3, 1);

    // Languages are drawn apart: they came later, and all else stays what figures were taken on.
    readonly Random random, tongues;
    readonly double[] workersOfTrade, postingsOfTrade, cityWeights, countyWeights, seatWeights;
    readonly double[] payOfTrade;
    readonly bool general;

    SeasonMarket(int workers, bool general, int seed)
    {
        (random, tongues) = (new(seed), new(~seed));
        this.general = general;
        (workersOfTrade, postingsOfTrade) = (Sums(Zipf(TradeCount, 1.0, noise: 0.4)), Sums(Zipf(TradeCount, 1.0, noise: 0.4)));
        (cityWeights, countyWeights, seatWeights) = (Sums(Zipf(CityCount, 0.9)), Sums(Zipf(CountyCount, 0.7)), Sums(Zipf(MostSeats, 2.0)));
        payOfTrade = [.. Enumerable.Range(0, TradeCount + 1).Select(_ => 4_000 + random.NextDouble() * 3_000)];
        Profile = new()
        {
            AsOf = Day,
            LotterySeed = seed,
            Pairing = true,
            Pairings = new(Enumerable.Range(0, PairingCount).Select(_ => (County(random.Next(CountyCount)), City(random.Next(CityCount))))),
        };
        Postings = [.. Enumerable.Range(0, Math.Max(1, (int)(workers * PostingsPerWorker))).Select(_ => Posting())];
        Workers = [.. Enumerable.Range(0, workers).Select(_ => Worker())];
        Together();
    }

    public Profile Profile { get; }

    public WorkerEntry[] Workers { get; }

    public PostingEntry[] Postings { get; }

    public static SeasonMarket A(int workers, int seed = 1) => new(workers, general: false, seed);

    public static SeasonMarket B(int workers, int seed = 1) => new(workers, general: true, seed);

    public static SeasonMarket Of(string name, int workers) => name == "A" ? A(workers) : B(workers);

    public WorkerEntry Worker()
    {
        var trades = Trades();
        return new()
        {
            Id = Id(),
            Home = County(Pick(countyWeights)),
            Skills = [.. trades.Select(trade => new Skill(Code(trade), Math.Min(5, (int)(-1.6 * Math.Log(1 - random.NextDouble())))))],
            Certificates = [.. trades.SelectMany(trade => Certificates(trade, chance: 0.4))],
            Languages = [.. Spoken(("northwestern", 0.9), ("mandarin", 0.75), ("minnan", 0.02))],
            ExperienceMonths = random.Next(120),
            WishedTrades = [.. trades.Select(Code)],
            WishedPlaces = random.Next(4) == 0 ? [] : [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => City(Pick(cityWeights))).Distinct()],
            LowestPay = Pay(trades[0], sigma: 0.18),
            From = Day.AddDays(random.Next(30) - 15),
            NeedsLodging = random.Next(5) < 2,
            Turns18On = random.Next(100) == 0 ? Day.AddDays(random.Next(700)) : null,
            Priority = random.Next(5) == 0 ? 100 : 0,
            Consent = true,
            Free = true,
        };
    }

    public PostingEntry Posting()
    {
        var trade = Trade(postingsOfTrade);
        return new()
        {
            Id = Id(),
            Employer = Id(),
            Site = City(Pick(cityWeights)) + "01",
            Trade = Code(trade),
            RequiredGrade = trade == TradeCount ? 0 : random.Next(4),
            Certificates = trade == TradeCount ? [] : [.. Certificates(trade, chance: 0.3)],
            Languages = [.. Spoken(("mandarin", 0.3), ("minnan", 0.05))],
            Headcount = 1 + Pick(seatWeights),
            GuaranteedPay = Pay(trade, sigma: 0.2),
            Lodging = random.Next(10) < 6 ? (Lodging)(1 + random.Next(2)) : Lodging.None,
            Hazards = random.Next(5) == 0 ? ["noise"] : [],
            ValidFrom = Day.AddDays(random.Next(20) - 15),
            ValidTo = Day.AddDays(30 + random.Next(60)),
            StartsOn = random.Next(5) == 0 ? Day.AddDays(random.Next(30)) : null,
        };
    }

    // 6 in 100 workers go as couples, 4 in 100 in groups of 3 to 8: neighbours in the list, who wish what the first of them wishes.
    void Together()
    {
        for (var first = 0; first < Workers.Length;)
        {
            var draw = random.NextDouble();
            var size = draw < 0.033 ? 2 : draw < 0.033 + 0.008 ? 3 + random.Next(6) : 1;
            if (size == 1 || first + size > Workers.Length)
            {
                first++;
                continue;
            }

            var (with, leader) = (Id(), Workers[first]);
            for (var member = first; member < first + size; member++)
                Workers[member] = Workers[member] with
                {
                    With = with, Home = leader.Home, WishedPlaces = leader.WishedPlaces,
                    WishedTrades = size == 2 ? Workers[member].WishedTrades : leader.WishedTrades,
                    Turns18On = null,
                };
            first += size;
        }
    }

    int[] Trades()
    {
        var first = Trade(workersOfTrade);
        if (first == TradeCount)
            return [first];
        var draw = random.NextDouble();
        var count = draw < 0.35 ? 1 : draw < 0.7 ? 2 : draw < 0.9 ? 3 : 4;
        var trades = new List<int> { first };
        while (trades.Count < count)
        {
            var next = random.NextDouble() < 0.6 ? (first + random.Next(1, 6)) % TradeCount : Pick(workersOfTrade);
            if (!trades.Contains(next))
                trades.Add(next);
        }

        return [.. trades];
    }

    int Trade(double[] weights) => general && random.NextDouble() < 0.6 ? TradeCount : Pick(weights);

    long Pay(int trade, double sigma) => (long)Math.Round(payOfTrade[trade] * Math.Exp(sigma * Normal()) / 10) * 1_000;

    IEnumerable<string> Certificates(int trade, double chance)
    {
        for (var number = 0; number < 3; number++)
            if (trade < TradeCount && random.NextDouble() < chance)
                yield return $"{Code(trade)}-{number}";
    }

    IEnumerable<string> Spoken(params IEnumerable<(string Code, double Chance)> languages) =>
        from language in languages where tongues.NextDouble() < language.Chance select language.Code;

    static string Code(int trade) => trade == TradeCount ? Domain.Trades.General : $"trade-{trade:0000}";

    static string City(int city) => $"{31 + city / 10}{1 + city % 10:00}";

    static string County(int county) => $"64{1 + county / 10:00}{21 + county % 10:00}";

    Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    double[] Zipf(int count, double exponent, double noise = 0) =>
        [.. Enumerable.Range(1, count).Select(rank => Math.Pow(rank, -exponent) * (noise == 0 ? 1 : Math.Exp(noise * Normal())))];

    static double[] Sums(double[] weights)
    {
        var sums = new double[weights.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            sums[i] = sum += weights[i];
        return sums;
    }

    int Pick(double[] sums)
    {
        var found = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return Math.Min(sums.Length - 1, found < 0 ? ~found : found);
    }
}
