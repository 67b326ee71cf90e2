using System.Numerics;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// Pay in points. The part "pay" of the worker's score is floor(weight · (pay − wish) / ceiling), at most weight; with pay = q·ceiling/weight + rest on both sides that is
/// q(pay) − q(wish), less 1 if rest(pay) &lt; rest(wish): whole numbers of 16 bits, exact.
/// </summary>
internal readonly struct PayScale
{
    /// <summary>Quotients beyond this do not fit the columns; such a posting is scored by the rule itself.</summary>
    public const int HighestQuotient = short.MaxValue;

    readonly long numerator;
    readonly long denominator;

    public PayScale(int weight, long ceiling)
    {
        var common = (long)BigInteger.GreatestCommonDivisor(weight, ceiling);
        (numerator, denominator) = (weight / common, ceiling / common);
        Weight = weight;
    }

    /// <summary>The most points.</summary>
    public int Weight { get; }

    public long Quotient(long pay) => pay * numerator / denominator;

    public long Rest(long pay) => pay * numerator % denominator;

    /// <summary>Points for a pay that is no lower than the wish.</summary>
    public int Points(long pay, long wish) => (int)Math.Min(Weight, (pay - wish) * numerator / denominator);
}
