namespace LaborBridge.Tests.Laboratory;

/// <summary>What a script runs on: five programs over a broker of their own, behind proxies of the laboratory.</summary>
/// <param name="Server">PostgreSQL; else an SQLite file a service.</param>
/// <param name="Replicas">Processes a service; the portal has one.</param>
/// <param name="Hosted">Services run in the laboratory's own host, which follows the laboratory's clock.</param>
/// <param name="SmallDisk">The service whose files lie on a small disk that can be filled; null: none.</param>
/// <param name="Mutant">What is wrong on purpose; null: nothing.</param>
internal sealed record Setup(bool Server = false, int Replicas = 1, bool Hosted = false, string? SmallDisk = null, string? Mutant = null)
{
    /// <summary>Another set-up for each of four seeds in a row.</summary>
    public static Setup Of(int seed) => (seed % 4) switch
    {
        0 => new Setup(Server: true, Replicas: 2),
        1 => new Setup(SmallDisk: Laboratory.SmallDisk.IsPossible ? Names.Streaming[seed / 4 % Names.Streaming.Count] : null),
        2 => new Setup(Hosted: true),
        _ => new Setup(Replicas: 2),
    };

    public override string ToString() =>
        $"{(Server ? "PostgreSQL" : "SQLite")}, {Replicas} each{(Hosted ? ", own clock" : "")}{(SmallDisk is null ? "" : $", small disk for {SmallDisk}")}{(Mutant is null ? "" : $", mutant {Mutant}")}";
}

/// <summary>The services and who hears whom.</summary>
internal static class Names
{
    public static readonly IReadOnlyList<string> Streaming = ["workers", "employers", "matching", "placements"];

    public static readonly IReadOnlyList<string> All = ["portal", .. Streaming];

    /// <summary>Subscriber and source.</summary>
    public static readonly IReadOnlyList<(string Service, string Stream)> Subscriptions =
    [
        ("matching", "workers"), ("matching", "employers"), ("matching", "placements"), ("employers", "matching"), ("workers", "placements"), ("workers", "matching"),
        ("placements", "workers"), ("placements", "employers"), ("placements", "matching"),
    ];

    /// <summary>Name of the program.</summary>
    public static string Program(string service) => char.ToUpperInvariant(service[0]) + service[1..];
}
