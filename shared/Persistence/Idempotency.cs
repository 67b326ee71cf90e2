namespace LaborBridge.Persistence;

/// <summary>
/// First answers by idempotency key, stored in the transaction of the write itself, so that a repeated request gets the first
/// answer and never a second effect. Bodies are encrypted by the caller: answers carry names.
/// </summary>
public static class Idempotency
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>The encrypted bodies.</summary>
    public static readonly SealedColumn Bodies = new("idempotency", "idempotency_key", "body");

    private static readonly Sql FindAnswer = Sql.Text("""
        SELECT request_hash, status, location, etag, position, body FROM idempotency
        WHERE owner = @Owner AND idempotency_key = @Key
        """);

    private static readonly Sql Store = Sql.Insert("idempotency", "owner, idempotency_key, request_hash, status, location, etag, position, body, resource, stored_at");

    private static readonly Sql Forget = Sql.Text("DELETE FROM idempotency WHERE stored_at < @Before");

    private static readonly Sql Erase = Sql.Text("""
        UPDATE idempotency SET status = @Gone, body = NULL WHERE resource = @Resource OR (resource >= @Below AND resource < @Beyond)
        """);

    /// <summary>The status of an answer whose content was erased.</summary>
    public const int Gone = 410;

    /// <summary>The stored answer, or null.</summary>
    public static Task<StoredAnswer?> Find(Tx tx, string owner, Guid key) => tx.First<StoredAnswer>(FindAnswer, new { Owner = owner, Key = key });

    /// <summary>Stores an answer; a unique-key error tells that the same key is answered at this moment elsewhere.</summary>
    public static Task Save(Tx tx, string owner, Guid key, StoredAnswer answer, DateTimeOffset now) => tx.Execute(Store, new
    {
        Owner = owner,
        IdempotencyKey = key,
        answer.RequestHash,
        answer.Status,
        answer.Location,
        answer.Etag,
        answer.Position,
        answer.Body,
        answer.Resource,
        StoredAt = now,
    });

    /// <summary>
    /// Blanks the answers about something that is erased, and about whatever lies below it. The keys stay: a registration that is sent again must
    /// not bring back who was erased.
    /// </summary>
    /// <param name="tx">The transaction of the erasure.</param>
    /// <param name="resource">Its path, <c>/api/workers/…</c>.</param>
    public static Task<int> Blank(Tx tx, string resource) => tx.Execute(Erase, new { Gone, Resource = resource, Below = $"{resource}/", Beyond = $"{resource}0" });

    /// <summary>Drops what is older than <see cref="Kept"/>.</summary>
    public static Task<int> Expire(Tx tx, DateTimeOffset now) => tx.Execute(Forget, new { Before = now - Kept });
}

/// <summary>An answer as stored.</summary>
public sealed class StoredAnswer
{
    /// <summary>SHA-256 of method, path and body in hexadecimal.</summary>
    public required string RequestHash { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Location header.</summary>
    public string? Location { get; init; }

    /// <summary>ETag header.</summary>
    public string? Etag { get; init; }

    /// <summary>Position of the write's last event in the service's stream.</summary>
    public long? Position { get; init; }

    /// <summary>Path of the thing that the answer is about.</summary>
    public string? Resource { get; init; }

    /// <summary>The body, encrypted.</summary>
    public byte[]? Body { get; init; }
}
