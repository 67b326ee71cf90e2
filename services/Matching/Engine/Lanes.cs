using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LaborBridge.Matching.Engine;

/// <summary>Blocks of 32 numbers of 16 bits, looked at together. Every column of a shelf is a whole number of blocks long.</summary>
internal static class Lanes
{
    /// <summary>Numbers in a block.</summary>
    public const int Block = 32;

    /// <summary>Numbers in a table that one permutation of two registers reads.</summary>
    public const int TableSize = 64;

    /// <summary>Whether blocks are looked at with vector instructions; else one number at a time, to the same result. A test may switch them off.</summary>
    public static bool Vectors { get; set; } = Vector512.IsHardwareAccelerated || Vector256.IsHardwareAccelerated;

    /// <summary>An empty table for so many kinds, in whole tables, all <see cref="Row.Barred"/>.</summary>
    public static short[] Table(int kinds)
    {
        var table = new short[Math.Max(1, (kinds + TableSize - 1) / TableSize) * TableSize];
        Array.Fill(table, Row.Barred);
        return table;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> At(short[] column, int position) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)position);

    /// <summary>The lowest of a block.</summary>
    public static short Lowest(short[] column, int position)
    {
        var block = At(column, position);
        var half = Vector256.Min(block.GetLower(), block.GetUpper());
        var quarter = Vector128.Min(half.GetLower(), half.GetUpper());
        var lowest = quarter[0];
        for (var lane = 1; lane < Vector128<short>.Count; lane++)
            lowest = Math.Min(lowest, quarter[lane]);
        return lowest;
    }

    /// <summary>Reads 32 entries of a table at once.</summary>
    /// <param name="table">Whole tables of <see cref="TableSize"/>.</param>
    /// <param name="length">How much of it is in use, in whole tables.</param>
    /// <param name="kinds">A column of kind numbers.</param>
    /// <param name="position">Where the block begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Look(short[] table, int length, short[] kinds, int position) =>
        Avx512BW.IsSupported ? Permute(table, length, At(kinds, position)) : Gather(table, kinds, position);

    /// <summary>The same for kind numbers that were computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Look(short[] table, Vector512<short> kinds)
    {
        if (Avx512BW.IsSupported)
            return Permute(table, table.Length, kinds);
        Span<short> numbers = stackalloc short[Block];
        kinds.CopyTo(numbers);
        for (var lane = 0; lane < Block; lane++)
            numbers[lane] = table[numbers[lane]];
        return Vector512.Create<short>(numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<short> Permute(short[] table, int length, Vector512<short> kinds)
    {
        var found = Avx512BW.PermuteVar32x16x2(At(table, 0), kinds, At(table, Block));
        for (var start = TableSize; start < length; start += TableSize)
        {
            var here = Vector512.Equals(kinds >> 6, Vector512.Create((short)(start >> 6)));
            found = Vector512.ConditionalSelect(here, Avx512BW.PermuteVar32x16x2(At(table, start), kinds, At(table, start + Block)), found);
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector512<short> Gather(short[] table, short[] kinds, int position)
    {
        Span<short> found = stackalloc short[Block];
        for (var lane = 0; lane < Block; lane++)
            found[lane] = table[kinds[position + lane]];
        return Vector512.Create<short>(found);
    }
}
