using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.ServiceDefaults;

/// <summary>From HTTP to a handler and back: one transaction, idempotency keys, ETag and Location, the position of the write, problems.</summary>
/// <typeparam name="TService">The service's marker type.</typeparam>
public sealed class Requests<TService>(Db<TService> db, KeyRing keys, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IdempotentWrites writes = new(db, keys, time);

    /// <summary>Runs a write of somebody who signed in.</summary>
    /// <param name="http">The request.</param>
    /// <param name="request">Its body as read; with method and path it decides whether a repeated key is the same request.</param>
    /// <param name="handle">Runs in the transaction, may run again; a reply of 400 or more rolls it back.</param>
    public Task<IResult> Write(HttpContext http, object? request, Func<Tx, Caller, Task<Reply>> handle) => writes.Write(http, request, handle);

    /// <summary>Runs a write of somebody who need not have signed in; a key is honoured, not required.</summary>
    public Task<IResult> WriteAnonymous(HttpContext http, object? request, Func<Tx, Caller?, Task<Reply>> handle)
    {
        var caller = http.CallerOrNull();
        return writes.Write(http, request, caller?.Subject ?? "anyone", keyRequired: false, tx => handle(tx, caller));
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
}
