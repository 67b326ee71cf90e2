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

    public bool Acknowledged => Status is >= 200 and < 300;

    public bool Refused => Status is >= 400;
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

    public IEnumerable<Sent> Acknowledged(ActKind act) => Of(act).Where(one => one.Acknowledged);

    public Sent Note(Sent one)
    {
        sent.Enqueue(one);
        return one;
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
