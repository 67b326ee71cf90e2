using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace LaborBridge.Tests.Laboratory;

/// <summary>A write that somebody sent, and what he knows of it.</summary>
/// <param name="Act">What he did.</param>
/// <param name="Service">Whom he told.</param>
/// <param name="Mark">What the write can be recognised by in the database, as the act's check knows it.</param>
internal sealed record Sent(ActKind Act, string Service, string Mark)
{
    /// <summary>HTTP status of the answer; null: no answer came, so it may have happened or not.</summary>
    public int? Status { get; set; }

    public JsonObject Answer { get; set; } = [];

    /// <summary>Position of its last event in the service's stream, as answered.</summary>
    public long? Position { get; set; }

    /// <summary>The thing that it made or changed.</summary>
    public Guid? Subject { get; set; }

    /// <summary>It was answered after the backup that the service's database was put back to: it may be gone.</summary>
    public bool MayBeGone { get; set; }

    public bool Acknowledged => Status is >= 200 and < 300;

    /// <summary>It must be there.</summary>
    public bool Stands => Acknowledged && !MayBeGone;

    /// <summary>It may be there or not.</summary>
    public bool IsUncertain => Status is null || MayBeGone;

    /// <summary>When its answer came.</summary>
    public long? AnsweredAt { get; set; }
}

/// <summary>What was sent and answered in one run.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<Sent> sent = new();
    private int requests;
    private int repeated;

    public IReadOnlyCollection<Sent> All => sent;

    public int Requests => requests;

    /// <summary>Requests sent again because no answer came.</summary>
    public int Repeated => repeated;

    public IEnumerable<Sent> Of(ActKind act) => sent.Where(one => one.Act == act);

    /// <summary>Answers by act, status and code, then the last failures.</summary>
    public IEnumerable<string> Summary() => sent.GroupBy(one => $"{one.Act} {one.Status} {one.Answer["code"]}").OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => $"{group.Key}: {group.Count()}").Concat(Failures);

    public Sent Note(Sent one)
    {
        sent.Enqueue(one);
        return one;
    }

    /// <summary>A service's database is put back to a backup that was begun then.</summary>
    public void PutBack(string service, long begun)
    {
        foreach (var one in sent.Where(one => one.Service == service && one.AnsweredAt >= begun))
        {
            one.MayBeGone = true;
        }
    }

    /// <summary>The last answers that said a service could not do it.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public void Failed(string service, string answer)
    {
        Failures.Enqueue($"{service}: {answer}");
        while (Failures.Count > 20 && Failures.TryDequeue(out _))
        {
        }
    }

    public void CountRequest(bool again)
    {
        Interlocked.Increment(ref requests);
        if (again)
        {
            Interlocked.Increment(ref repeated);
        }
    }
}
