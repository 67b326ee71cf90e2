using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>An open posting as the engine sees one.</summary>
internal sealed record PostingEntry
{
    public required Guid Id { get; init; }

    public required Guid Employer { get; init; }

    /// <summary>Division code of the workplace, four digits or more.</summary>
    public required string Site { get; init; }

    public required string Trade { get; init; }

    /// <summary>Grade asked for, 0 to 5. A lower one is no bar: it costs points in the firm's order.</summary>
    public int RequiredGrade { get; init; }

    /// <summary>Certificates asked for. A missing one is no bar: it costs points in the firm's order.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Languages asked for. A missing one is no bar, and asking for one makes no skilled posting: it costs points in the firm's order.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    public required int Headcount { get; init; }

    /// <summary>Seats taken. May exceed a headcount that was lowered; then no seat is free.</summary>
    public int Accepted { get; init; }

    /// <summary>Guaranteed pay in fen, normalised to a month. What may come on top counts for nothing.</summary>
    public required long GuaranteedPay { get; init; }

    public Lodging Lodging { get; init; }

    public IReadOnlyList<string> Canteen { get; init; } = [];

    /// <summary>Hazards of the work. Any hazard bars minors.</summary>
    public IReadOnlyList<string> Hazards { get; init; } = [];

    /// <summary>Motions a minute on a line with forced posture; null if there is no such line.</summary>
    public int? MotionsPerMinute { get; init; }

    /// <summary>The trade or the firm bars minors.</summary>
    public bool JuvenileBarred { get; init; }

    /// <summary>Validity is [<see cref="ValidFrom"/>, <see cref="ValidTo"/>).</summary>
    public required DateOnly ValidFrom { get; init; }

    public required DateOnly ValidTo { get; init; }

    /// <summary>Day on which everybody starts; null: start when you come.</summary>
    public DateOnly? StartsOn { get; init; }

    public int FreeSeats => Math.Max(0, Headcount - Accepted);

    /// <summary>Asks for no skill, so a wish for <see cref="Trades.General"/> finds it.</summary>
    public bool Unskilled => RequiredGrade == 0 && Certificates.Count == 0;
}

internal enum Lodging { None, Offered, Free }
