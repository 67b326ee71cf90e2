using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Http;

namespace LaborBridge.ServiceDefaults;

/// <summary>Writes of one database by HTTP: what is sent again under its idempotency key gets the first answer and has no second effect.</summary>
internal sealed class IdempotentWrites(Db db, KeyRing keys, TimeProvider time)
{
    /// <summary>Runs a write of somebody who signed in; a POST needs a key.</summary>
    public Task<IResult> Write(HttpContext http, object? request, Func<Tx, Caller, Task<Reply>> handle)
    {
        var caller = http.Caller();
        return Write(http, request, caller.Subject, HttpMethods.IsPost(http.Request.Method), tx => handle(tx, caller));
    }

    /// <summary>The same for somebody who need not have signed in.</summary>
    public async Task<IResult> Write(HttpContext http, object? request, string owner, bool keyRequired, Func<Tx, Task<Reply>> handle)
    {
        try
        {
            var key = http.IdempotencyKey(keyRequired);
            var hash = key is null ? "" : Hash(http.Request, request);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var run = await db.Write(tx => Run(tx, owner, key, hash, http.Request.Path, handle), repeatable: key is not null, http.RequestAborted);
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
    private async Task<Func<Answer>> Run(Tx tx, string owner, Guid? key, string hash, string path, Func<Tx, Task<Reply>> handle)
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
            await Idempotency.Save(tx, owner, fresh, Store(first, fresh, hash, path), time.GetUtcNow());
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

        if (stored.Status == Idempotency.Gone)
        {
            throw new ProblemException(new Problem(Idempotency.Gone, "erased", new Text("该请求所涉及的信息已经删除。", "What this request was about has been erased."), []));
        }

        var body = keys.DecryptOrNull("idempotency", "body", key, stored.Body);
        return new Answer(stored.Status, stored.Location, stored.Etag, stored.Position, body is null ? null : Encoding.UTF8.GetBytes(body));
    }

    private StoredAnswer Store(Answer answer, Guid key, string hash, string path) => new()
    {
        RequestHash = hash,
        Status = answer.Status,
        Location = answer.Location,
        Etag = answer.Etag,
        Position = answer.Position,
        Resource = (answer.Location ?? path).ToLowerInvariant(),
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
