using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LaborBridge.Placements.Ledger;

/// <summary>
/// One fact of the ledger, and at the same time one step of a placement. Its canonical bytes are UTF-8 JSON without blanks: the members in the order
/// in which they are declared here, absent ones left out; days <c>yyyy-MM-dd</c>, instants microseconds since 1970 UTC, money fen, ids lower-case with dashes, words
/// kebab-case; in strings only quotes, backslashes and control characters are escaped. The bytes hold the position and the hash of the entry before, so that
/// an entry's hash, SHA-256 of its bytes in lower-case hexadecimal, seals everything up to it. The first entry's <c>previous</c> is 64 zeros.
/// </summary>
internal sealed record LedgerEntry
{
    static readonly JsonSerializerOptions Canonically = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public long Position { get; init; }

    public string Previous { get; init; } = "";

    /// <summary>Microseconds UTC at which it became known.</summary>
    public long Known { get; init; }

    public required EntryKind Kind { get; init; }

    /// <summary>The day it happened. Of evidence: the day of the paper or call; what it proves is <see cref="Month"/>.</summary>
    public required DateOnly On { get; init; }

    public Guid? Worker { get; init; }

    public Guid? Placement { get; init; }

    /// <summary>Who told: <c>station</c>, <c>employer</c>, <c>official</c>, <c>roster</c>, <c>system</c>, ….</summary>
    public string? Recorder { get; init; }

    /// <summary>Position of the entry that a correction takes back, or that this entry stands in for.</summary>
    public long? Of { get; init; }

    public string? Reason { get; init; }

    public Source? Source { get; init; }

    public Guid? Employer { get; init; }

    public string? EmployerName { get; init; }

    public Guid? Posting { get; init; }

    public string? Trade { get; init; }

    public string? Workplace { get; init; }

    public string? Channel { get; init; }

    /// <summary>Farm work, which is no transfer.</summary>
    public bool? Farm { get; init; }

    /// <summary><c>direct</c>, <c>dispatch</c>, <c>internship</c>.</summary>
    public string? Form { get; init; }

    /// <summary>Months of a contract's term.</summary>
    public int? Months { get; init; }

    public long? PayFen { get; init; }

    public Guid? Trip { get; init; }

    public bool? Alone { get; init; }

    /// <summary>Last day of a leave as planned.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Month of service that a piece of evidence proves, counted from 1.</summary>
    public int? Month { get; init; }

    /// <summary>Last month of service that it proves, where it proves several.</summary>
    public int? Through { get; init; }

    /// <summary><c>bank</c>, <c>roster</c>, <c>firm</c>, <c>phone</c>.</summary>
    public string? Evidence { get; init; }

    public string? Home { get; init; }

    public string? Sex { get; init; }

    public int? BirthYear { get; init; }

    public IReadOnlyList<LedgerStatus>? Statuses { get; init; }

    public string? SiteKind { get; init; }

    public bool? FujianInvested { get; init; }

    public Guid? Training { get; init; }

    /// <summary>The worker as whom another counts since a merger.</summary>
    public Guid? Into { get; init; }

    public byte[] ToCanonical() => JsonSerializer.SerializeToUtf8Bytes(this, Canonically);

    public static LedgerEntry FromCanonical(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<LedgerEntry>(bytes, Canonically) ?? throw new FormatException("A ledger entry's bytes hold null.");

    [JsonIgnore]
    public DateTimeOffset KnownAt => Instant.Of(Known);
}

/// <summary>A household's status, [from, to).</summary>
internal sealed record LedgerStatus(string Code, DateOnly? From, DateOnly? To);

/// <summary>Instants as the ledger holds them.</summary>
internal static class Instant
{
    public static DateTimeOffset Of(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10);

    /// <summary>Microseconds since 1970 UTC, cut and not rounded.</summary>
    public static long Micros(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
}
