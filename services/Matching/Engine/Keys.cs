using System.Buffers.Binary;

namespace LaborBridge.Matching.Engine;

/// <summary>A posting's place in a worker's order, strict: score, then the dearer trade, the higher pay, the lower id. Greater is better.</summary>
internal readonly record struct PostingKey(int Score, int TradeRank, long Pay, Guid Posting) : IComparable<PostingKey>
{
    public static PostingKey Of(Pair pair) => new(Fit.OfWorker(pair), pair.TradeRank, pair.Posting.GuaranteedPay, pair.Posting.Id);

    public int CompareTo(PostingKey other) =>
        Score != other.Score ? Score.CompareTo(other.Score)
        : TradeRank != other.TradeRank ? other.TradeRank.CompareTo(TradeRank)
        : Pay != other.Pay ? Pay.CompareTo(other.Pay)
        : other.Posting.CompareTo(Posting);

    public static bool operator <(PostingKey a, PostingKey b) => a.CompareTo(b) < 0;
    public static bool operator >(PostingKey a, PostingKey b) => a.CompareTo(b) > 0;
    public static bool operator <=(PostingKey a, PostingKey b) => a.CompareTo(b) <= 0;
    public static bool operator >=(PostingKey a, PostingKey b) => a.CompareTo(b) >= 0;
}

/// <summary>A worker's place in a firm's order, strict: score, then the lottery, then the lower id. Greater is better.</summary>
internal readonly record struct WorkerKey(int Score, ulong Lottery, Guid Worker) : IComparable<WorkerKey>
{
    public static WorkerKey Of(Pair pair) => new(Fit.OfFirm(pair), Draw(pair.Profile.LotterySeed, pair.Worker.Id), pair.Worker.Id);

    public int CompareTo(WorkerKey other) =>
        Score != other.Score ? Score.CompareTo(other.Score)
        : Lottery != other.Lottery ? Lottery.CompareTo(other.Lottery)
        : other.Worker.CompareTo(Worker);

    public static bool operator <(WorkerKey a, WorkerKey b) => a.CompareTo(b) < 0;
    public static bool operator >(WorkerKey a, WorkerKey b) => a.CompareTo(b) > 0;
    public static bool operator <=(WorkerKey a, WorkerKey b) => a.CompareTo(b) <= 0;
    public static bool operator >=(WorkerKey a, WorkerKey b) => a.CompareTo(b) >= 0;

    /// <summary>Which of two workers of equal score comes first: negative if the first does.</summary>
    public static int Compare(Guid a, Guid b, long seed) => new WorkerKey(0, Draw(seed, b), b).CompareTo(new(0, Draw(seed, a), a));

    /// <summary>The worker's lot under a published seed: one lot for all firms. Anyone can recompute it; the higher wins.</summary>
    public static ulong Draw(long seed, Guid worker)
    {
        Span<byte> bytes = stackalloc byte[16];
        worker.TryWriteBytes(bytes, bigEndian: true, out _);
        var lot = Mix(unchecked((ulong)seed + 0x9E3779B97F4A7C15));
        lot = Mix(lot ^ BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return Mix(lot ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    static ulong Mix(ulong x)
    {
        unchecked
        {
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
