namespace LaborBridge.Matching.Engine;

/// <summary>What a round or a top list weighs by. Together with the entries it determines every result.</summary>
internal sealed record Profile
{
    /// <summary>Both sums of weights stay at or below this.</summary>
    public const int HighestScore = 2047;

    /// <summary>The day the question is asked on; the engine has no clock.</summary>
    public required DateOnly AsOf { get; init; }

    public WorkerWeights Worker { get; init; } = new();

    public FirmWeights Firm { get; init; } = new();

    /// <summary>Whether places paired with the worker's home count, in the worker's order only.</summary>
    public bool Pairing { get; init; }

    public PairedPlaces Pairings { get; init; } = PairedPlaces.None;

    /// <summary>Published; breaks the ties of the firms' order.</summary>
    public long LotterySeed { get; init; }

    /// <summary>Pay over the wish, in fen a month, that earns the full weight.</summary>
    public long PayCeiling { get; init; } = 600_000;
}

/// <summary>The most points each part of the worker's score can earn.</summary>
internal sealed record WorkerWeights
{
    public int Pay { get; init; } = 600;
    public int Place { get; init; } = 400;
    public int NearHome { get; init; } = 100;
    public int Trade { get; init; } = 400;
    public int Lodging { get; init; } = 150;
    public int Canteen { get; init; } = 100;
    public int Partner { get; init; } = 200;
    public int Pairing { get; init; } = 50;
}

/// <summary>The most points each part of the firm's score can earn.</summary>
internal sealed record FirmWeights
{
    public int Grade { get; init; } = 700;
    public int Certificates { get; init; } = 400;
    public int Language { get; init; } = 200;
    public int Start { get; init; } = 300;
    public int Experience { get; init; } = 200;
    public int Priority { get; init; } = 200;
}
