using System.Collections.Concurrent;

namespace LaborBridge.Tests.Laboratory;

/// <summary>What people have heard of: the ids that answers brought, to choose from.</summary>
internal sealed class World
{
    public Choice Workers { get; } = new();

    public Choice Firms { get; } = new();

    public Choice Unverified { get; } = new();

    public Choice Postings { get; } = new();

    public Choice Offers { get; } = new();

    public Choice Placements { get; } = new();
}

/// <summary>Ids in the order in which they became known.</summary>
internal sealed class Choice
{
    private readonly ConcurrentDictionary<int, Guid> ids = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Add(Guid id)
    {
        lock (ids)
        {
            ids[count] = id;
            count++;
        }
    }

    /// <summary>One of the last few, since that is what people work on; null while there is none.</summary>
    public Guid? Recent(int number, int last = 25)
    {
        var known = Count;
        var choices = Math.Min(known, last);
        return known == 0 ? null : ids[known - 1 - (number % choices)];
    }
}
