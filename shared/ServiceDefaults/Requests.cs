using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.ServiceDefaults;

/// <summary>
/// From HTTP to a handler and back: one transaction, idempotency keys, ETag and Location, the position of the write, problems.
/// </summary>
/// <typeparam name="TService">The service's marker type.</typeparam>
public sealed class Requests<TService>(Db<TService> db, KeyRing keys, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs a write of somebody who signed in.</summary>
    /// <param name="http">The request.</param>
    /// <param name="request">Its body as read; with method and path it decides whether a repeated key is the same request.</param>
    /// <param name="handle">Runs in the transaction, may run again; a reply of 400 or more rolls it back.</param>
    public Task<IResult> Write(HttpContext http, object? request, Func<Tx, Caller, Task<Reply>> handle)
    {
        var caller = http.Caller();
        return Write(http, request, caller.Subject, HttpMethods.IsPost(http.Request.Method), tx => handle(tx, caller));
    }

    /// <summary>Runs a write of somebody who need not have signed in; a key is honoured, not required.</summary>
    public Task<IResult> WriteAnonymous(HttpContext http, object? request, Func<Tx, Caller?, Task<Reply>> handle)
    {
        var caller = http.CallerOrNull();
        return Write(http, request, caller?.Subject ?? "anyone", keyRequired: false, tx => handle(tx, caller));
    }

    /// <summary>Runs a read of somebody who signed in.</summary>
    /// <param name="http">The request.</param>
    /// <param name="handle">Runs on a connection of its own.</param>
    /// <param name="copyOf">The stream of which the read shows a copy: <c>?after=123</c> waits up to 2 s for that position of it; <c>?after=employers:123</c> names another.</param>
    public Task<IResult> Read(HttpContext http, Func<Tx, Caller, Task<Reply>> handle, string? copyOf = null)
    {
        var caller = http.Caller();
        return Read(http, tx => handle(tx, caller), copyOf);
    }

    /// <summary>Runs a read of somebody who need not have signed in.</summary>
    public Task<IResult> ReadAnonymous(HttpContext http, Func<Tx, Caller?, Task<Reply>> handle, string? copyOf = null)
    {
        var caller = http.CallerOrNull();
        return Read(http, tx => handle(tx, caller), copyOf);
    }

    private async Task<IResult> Read(HttpContext http, Func<Tx, Task<Reply>> handle, string? copyOf)
    {
        try
        {
            await WaitForCopy(http, copyOf);
            var reply = await db.Read(handle, http.RequestAborted);
            return reply.Problem is { } problem ? new ProblemResult(problem) : Answer.Of(reply, position: null);
        }
        catch (ProblemException refused)
        {
            return new ProblemResult(refused.Problem);
        }
    }

    // after=123 (of the stream that the read copies) or after=employers:123.
    private static async Task WaitForCopy(HttpContext http, string? copyOf)
    {
        var after = http.Request.Query["after"].ToString();
        if (after.Length == 0 || http.RequestServices.GetService<StreamPositions<TService>>() is not { } positions)
        {
            return;
        }

        var colon = after.IndexOf(':', StringComparison.Ordinal);
        var stream = colon < 0 ? copyOf : after[..colon];
        if (stream is null || !long.TryParse(after[(colon + 1)..], out var position))
        {
            throw Malformed();
        }

        try
        {
            await positions.WaitFor(stream, position, Patience, http.RequestAborted);
        }
        catch (ArgumentException)
        {
            throw Malformed();
        }

        static ProblemException Malformed() => new(Problem.Validation("after", "invalid-value",
            "after 应为写入时返回的 position，例如 employers:123。", "after is the position that a write answered with, e.g. employers:123."));
    }

    private async Task<IResult> Write(HttpContext http, object? request, string owner, bool keyRequired, Func<Tx, Task<Reply>> handle)
    {
        try
        {
            var key = http.IdempotencyKey(keyRequired);
            var hash = key is null ? "" : Hash(http.Request, request);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var run = await db.Write(tx => Run(tx, owner, key, hash, handle), repeatable: key is not null, http.RequestAborted);
                    return run();
                }
                catch (ProblemException) when (key is not null && attempt < 4)
                {
                    // Refused because the same request came through meanwhile? Once more: either its answer is there, or the refusal stands.
                    if (await db.Read(tx => Idempotency.Find(tx, owner, key.Value), http.RequestAborted) is null)
                    {
                        throw;
                    }
                }
                catch (Exception error) when (key is not null && attempt < 4 && db.Dialect.IsDuplicate(error))
                {
                    // The same key is being answered elsewhere at this moment, or the handler lost a race for a unique value: it looks again.
                }
            }
        }
        catch (ProblemException refused)
        {
            return new ProblemResult(refused.Problem);
        }
    }

    // The answer is known only when the transaction has run its last acts, so what comes back is asked after the commit.
    private async Task<Func<Answer>> Run(Tx tx, string owner, Guid? key, string hash, Func<Tx, Task<Reply>> handle)
    {
        if (key is { } repeated && await Idempotency.Find(tx, owner, repeated) is { } stored)
        {
            var answer = Again(stored, repeated, hash);
            return () => answer;
        }

        var reply = await handle(tx);
        if (reply.Problem is { } problem)
        {
            throw new ProblemException(problem);
        }

        if (key is not { } fresh)
        {
            return () => Answer.Of(reply, tx.Position());
        }

        Answer? first = null;
        tx.BeforeCommit(async () =>
        {
            first = Answer.Of(reply, await tx.TakePositions());
            await Idempotency.Save(tx, owner, fresh, Store(first, fresh, hash), time.GetUtcNow());
        });
        return () => first!;
    }

    private Answer Again(StoredAnswer stored, Guid key, string hash)
    {
        if (stored.RequestHash != hash)
        {
            throw new ProblemException(Problem.Unprocessable("idempotency-key-reused", new Text(
                "此 Idempotency-Key 已用于另一个请求，请换一个新的 UUID。", "This Idempotency-Key was used for another request; take a new UUID.")));
        }

        var body = keys.DecryptOrNull("idempotency", "body", key, stored.Body);
        return new Answer(stored.Status, stored.Location, stored.Etag, stored.Position, body is null ? null : Encoding.UTF8.GetBytes(body));
    }

    private StoredAnswer Store(Answer answer, Guid key, string hash) => new()
    {
        RequestHash = hash,
        Status = answer.Status,
        Location = answer.Location,
        Etag = answer.Etag,
        Position = answer.Position,
        Body = keys.EncryptOrNull("idempotency", "body", key, answer.Body is null ? null : Encoding.UTF8.GetString(answer.Body)),
    };

    // Keyed: the hash of a request that holds an ID must not let anybody try IDs out.
    private string Hash(HttpRequest http, object? request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Method}\n{http.Path}{http.QueryString}\n"));
        hash.AppendData(request is null ? [] : JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), JsonText.Options));
        return keys.Hash("request", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
