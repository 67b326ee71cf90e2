using System.Globalization;

namespace LaborBridge.Domain;

/// <summary>An amount in renminbi, held as a whole number of fen. Sums and products that leave the range throw <see cref="OverflowException"/>. <c>default</c> is nothing.</summary>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static readonly Money Zero;

    /// <summary>An amount in yuan, at most two decimals.</summary>
    /// <exception cref="ArgumentException">More than two decimals (other than zeros), or out of range: nothing is rounded in silence.</exception>
    public static Money FromYuan(decimal yuan) =>
        TryFromYuan(yuan, out var money) ? money : throw new ArgumentException("Yuan with at most two decimals are needed.", nameof(yuan));

    /// <summary>An amount in yuan; false when it has more than two decimals or is out of range.</summary>
    public static bool TryFromYuan(decimal yuan, out Money money)
    {
        money = default;
        if (Math.Abs(yuan) > long.MaxValue / 100)
            return false;
        var fen = yuan * 100m;
        if (fen != decimal.Truncate(fen))
            return false;
        money = new Money((long)fen);
        return true;
    }

    /// <summary>The amount in yuan, as JSON carries it.</summary>
    public decimal ToYuan() => Fen / 100m;

    /// <summary>The sum of amounts.</summary>
    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Zero, (sum, next) => sum + next);

    /// <inheritdoc/>
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>Yuan with two decimals, no sign of currency: <c>4500.00</c>.</summary>
    public override string ToString() => ToYuan().ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Adds.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Fen + right.Fen));

    /// <summary>Subtracts.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Fen - right.Fen));

    /// <summary>The opposite amount.</summary>
    public static Money operator -(Money amount) => new(checked(-amount.Fen));

    /// <summary>Takes an amount several times.</summary>
    public static Money operator *(Money amount, long times) => new(checked(amount.Fen * times));

    /// <summary>Takes an amount several times.</summary>
    public static Money operator *(long times, Money amount) => amount * times;

    /// <summary>Less.</summary>
    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    /// <summary>More.</summary>
    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    /// <summary>At most.</summary>
    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    /// <summary>At least.</summary>
    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;
}
