namespace LaborBridge.Matching.Engine;

/// <summary>
/// Numbers what occurs, from 0. Equal things share a number, and each number keeps an example: whoever needs to know what a rule
/// or a part of a score says of a kind asks the function about the example.
/// </summary>
internal sealed class Kinds<TKey, TExample> where TKey : notnull
{
    readonly Dictionary<TKey, int> numbers = [];
    readonly List<TExample> examples = [];

    public int Count => examples.Count;

    public TExample this[int kind] => examples[kind];

    /// <summary>The number of the kind, a new one if it did not occur before.</summary>
    /// <param name="key">What is equal in all of the kind.</param>
    /// <param name="example">Makes the example of a new kind.</param>
    public int Number(TKey key, Func<TExample> example)
    {
        if (!numbers.TryGetValue(key, out var number))
        {
            number = examples.Count;
            examples.Add(example());
            numbers.Add(key, number);
        }

        return number;
    }
}

/// <summary>
/// The points of one subject for every kind of the other side, by kind number: made when first asked, and again when kinds were added or the profile changed.
/// Any number of threads may ask.
/// </summary>
internal abstract class Row
{
    /// <summary>Stands for a pair that a rule bars: so low that three of them and all points there are sum to less than 0 and to no less than 16 bits hold.</summary>
    public const short Barred = -10_000;

    Table table = Table.Empty;

    /// <summary>How many kinds there are.</summary>
    protected abstract int Kinds { get; }

    /// <summary>The points for a kind, or <see cref="Barred"/>.</summary>
    protected abstract int PointsOf(int kind);

    /// <summary>The row under the present profile.</summary>
    /// <param name="version">Counts the profiles.</param>
    public Table Under(int version)
    {
        var made = table;
        if (made.Version == version && made.Kinds == Kinds)
            return made;
        var points = Lanes.Table(Kinds);
        for (var kind = 0; kind < Kinds; kind++)
            points[kind] = (short)PointsOf(kind);
        return table = new(version, Kinds, points, points.Max());
    }

    /// <summary>Points by kind, padded with <see cref="Barred"/> to whole tables of <see cref="Lanes.TableSize"/>, and the most there are.</summary>
    internal sealed record Table(int Version, int Kinds, short[] Points, int Highest)
    {
        public static Table Empty { get; } = new(-1, 0, Lanes.Table(0), Barred);
    }
}
